package io.millrace.predictor.answering;

import io.millrace.proto.inference.InferParameter;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferRequest.InferRequestedOutputTensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an inference request as REST has it: JSON, and behind it, with the binary extension [1],
 * the raw contents of those inputs that name their size.
 *
 * <p>Used once. Throws where the body cannot be read; whether it fits the model is not looked at.
 *
 * <p>[1] Binary tensor data extension, triton-inference-server/server.
 */
final class RestRequestReader {
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
   * @param jsonLength how many bytes of the body are JSON
   * @param message names model and version, and is added to
   */
  static RestRequest read(byte[] body, int jsonLength, ModelInferRequest.Builder message)
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
    return new RestRequest(message.build(), binaryByDefault, outputs);
  }

  private void readMember(String name) throws IOException {
    switch (name) {
      case "id" -> message.setId(json.text());
      case "parameters" -> json.object(this::readParameter);
      case "inputs" -> json.list(() -> inputs.add(RestInput.read(json)));
      case "outputs" -> json.list(this::readOutput);
      default -> json.skip();
    }
  }

  private void readParameter(String name) throws IOException {
    switch (name) {
      case "binary_data_output" -> binaryByDefault = json.flag();
      case "priority", "timeout" ->
          message.putParameters(
              name, InferParameter.newBuilder().setInt64Param(json.wholeNumber()).build());
      default -> json.skip();
    }
  }

  private void readOutput() throws IOException {
    RestOutput output = RestOutput.read(json);
    message.addOutputs(InferRequestedOutputTensor.newBuilder().setName(output.name()));
    outputs.add(output);
  }
}
