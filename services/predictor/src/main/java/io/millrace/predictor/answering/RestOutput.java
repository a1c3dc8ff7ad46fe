package io.millrace.predictor.answering;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An output tensor that a REST request asks for. */
final class RestOutput {
  private String name = "";
  private @Nullable Boolean binary;

  private RestOutput() {}

  static RestOutput read(JsonReader json) throws IOException {
    RestOutput output = new RestOutput();
    json.object(member -> output.readMember(member, json));
    return output;
  }

  String name() {
    return name;
  }

  /** Returns whether it is wanted behind the JSON; null where the request does not say. */
  @Nullable Boolean binary() {
    return binary;
  }

  private void readMember(String member, JsonReader json) throws IOException {
    switch (member) {
      case "name" -> name = json.text();
      case "parameters" -> json.object(parameter -> readParameter(parameter, json));
      default -> json.skip();
    }
  }

  private void readParameter(String parameter, JsonReader json) throws IOException {
    if (parameter.equals("binary_data")) {
      binary = json.flag();
    } else {
      json.skip();
    }
  }
}
