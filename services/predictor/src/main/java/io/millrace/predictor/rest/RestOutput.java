package io.millrace.predictor.rest;

import io.millrace.predictor.requests.NotOffered;
import io.millrace.predictor.requests.RequestParameters;
import io.millrace.predictor.requests.Shortened;
import io.millrace.proto.inference.InferParameter;
import io.millrace.proto.inference.ModelInferRequest.InferRequestedOutputTensor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An output tensor that a REST request asks for. */
final class RestOutput {
  private final InferRequestedOutputTensor.Builder tensor = InferRequestedOutputTensor.newBuilder();
  private @Nullable Boolean binary;

  private RestOutput() {}

  static RestOutput read(JsonReader json) throws IOException {
    RestOutput output = new RestOutput();
    json.object(member -> output.readMember(member, json));
    return output;
  }

  String name() {
    return tensor.getName();
  }

  /** Returns the output with the parameters that do not depend on the transport. */
  InferRequestedOutputTensor tensor() {
    return tensor.build();
  }

  /** Returns whether the output is requested as binary data; null if the request does not say. */
  @Nullable Boolean binary() {
    return binary;
  }

  private void readMember(String member, JsonReader json) throws IOException {
    switch (member) {
      case "name" -> tensor.setName(json.text());
      case "parameters" -> json.object(parameter -> readParameter(parameter, json));
      default -> throw json.problem("an output has no member '%s'".formatted(Shortened.of(member)));
    }
  }

  private void readParameter(String parameter, JsonReader json) throws IOException {
    switch (parameter) {
      case "binary_data" -> binary = json.flag();
      case RequestParameters.CLASSIFICATION ->
          tensor.putParameters(
              parameter, InferParameter.newBuilder().setInt64Param(json.wholeNumber()).build());
      default ->
          throw json.problem(
              NotOffered.parameter("an output", parameter, "binary_data or classification"));
    }
  }
}
