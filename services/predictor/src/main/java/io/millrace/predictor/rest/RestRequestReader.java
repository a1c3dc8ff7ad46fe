package io.millrace.predictor.rest;

import io.millrace.predictor.requests.NotOffered;
import io.millrace.predictor.requests.RequestKey;
import io.millrace.predictor.requests.Shortened;
import io.millrace.proto.inference.InferParameter;
import io.millrace.proto.inference.ModelInferRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an inference request of REST: JSON, followed by the raw contents of the inputs that state
 * their size in the binary extension [1].
 *
 * <p>Used once. Throws if the body cannot be read. It does not check whether the request fits the
 * model.
 *
 * <p>[1] Binary tensor data extension, triton-inference-server/server.
 */
public final class RestRequestReader {
  private final byte[] body;
  private final int jsonLength;
  private final JsonReader json;
  private final ModelInferRequest.Builder message;
  private final List<RestInput> inputs = new ArrayList<>();
  private final List<RestOutput> outputs = new ArrayList<>();
  private boolean binaryByDefault;

  private RestRequestReader(byte[] body, int jsonLength, ModelInferRequest.Builder message)
      throws IOException {
    this.body = body;
    this.jsonLength = jsonLength;
    this.json = new JsonReader(body, jsonLength);
    this.message = message;
  }

  /**
   * Reads a request.
   *
   * @param jsonLength the number of bytes of JSON in the body
   * @param message names model and version; inputs and outputs are added to it
   */
  public static RestRequest read(byte[] body, int jsonLength, ModelInferRequest.Builder message)
      throws IOException {
    return new RestRequestReader(body, jsonLength, message).read();
  }

  private RestRequest read() throws IOException {
    json.object(this::readMember);
    json.end();
    long position = jsonLength;
    for (RestInput input : inputs) {
      long end = position + input.binarySize();
      if (end > body.length) {
        throw json.problem("the binary data of the inputs is longer than the body");
      }
      message.addInputs(input.tensor()).addRawInputContents(input.contents(body, (int) position));
      position = end;
    }
    if (position < body.length) {
      throw json.problem(
          "%d bytes come behind the JSON that no input claims by its binary_data_size"
              .formatted(body.length - position));
    }
    return new RestRequest(message.build(), binaryByDefault, outputs);
  }

  private void readMember(String name) throws IOException {
    switch (name) {
      case "id" -> message.setId(json.text());
      case "parameters" -> json.object(this::readParameter);
      case "inputs" -> json.list(() -> inputs.add(RestInput.read(json)));
      case "outputs" -> json.list(this::readOutput);
      case "model_name" -> requireSame(name, message.getModelName());
      case "model_version" -> requireSame(name, message.getModelVersion());
      default -> throw json.problem("a request has no member '%s'".formatted(Shortened.of(name)));
    }
  }

  private void readParameter(String name) throws IOException {
    switch (name) {
      case "binary_data_output" -> binaryByDefault = json.flag();
      case "priority", "timeout" ->
          message.putParameters(
              name, InferParameter.newBuilder().setInt64Param(json.wholeNumber()).build());
      case RequestKey.PARAMETER ->
          message.putParameters(
              name, InferParameter.newBuilder().setStringParam(json.scalar()).build());
      default ->
          throw json.problem(
              NotOffered.parameter("the request", name, "binary_data_output, priority or timeout"));
    }
  }

  /** Some clients repeat the model's name; null stands for no name. */
  private void requireSame(String member, String inPath) throws IOException {
    String value = json.isNull() ? inPath : json.text();
    if (!value.equals(inPath)) {
      throw json.problem("%s is not that of the path".formatted(member));
    }
  }

  private void readOutput() throws IOException {
    RestOutput output = RestOutput.read(json);
    message.addOutputs(output.tensor());
    outputs.add(output);
  }
}
