package io.millrace.predictor.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.requests.Parameters;
import io.millrace.proto.inference.InferParameter;
import io.millrace.proto.inference.ModelInferResponse;
import io.millrace.proto.inference.ModelInferResponse.InferOutputTensor;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An answer of REST: JSON, followed by the outputs that are sent as binary data.
 *
 * @param body the JSON and the binary data
 * @param jsonLength the number of bytes of JSON in the body
 */
record RestResponse(Buffer body, int jsonLength) {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** Returns the REST form of an answer with raw contents. */
  static RestResponse of(ServedModel model, ModelInferResponse response, RestRequest request) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try (JsonGenerator generator = FACTORY.createGenerator(json)) {
      write(model, response, request, generator);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // writing to memory does not fail
    }
    Buffer body = Buffer.buffer(json.toByteArray());
    for (int i = 0; i < response.getOutputsCount(); i++) {
      if (request.isBinary(response.getOutputs(i).getName())) {
        body.appendBytes(response.getRawOutputContents(i).toByteArray());
      }
    }
    return new RestResponse(body, json.size());
  }

  boolean isBinary() {
    return body.length() > jsonLength;
  }

  private static void write(
      ServedModel model, ModelInferResponse response, RestRequest request, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("model_name", model.name());
    json.writeStringField("model_version", model.version());
    if (!response.getId().isEmpty()) {
      json.writeStringField("id", response.getId());
    }
    json.writeObjectFieldStart("parameters");
    for (Map.Entry<String, InferParameter> parameter : model.provenance().entrySet()) {
      Parameters.write(parameter.getKey(), parameter.getValue(), json);
    }
    json.writeEndObject();
    json.writeArrayFieldStart("outputs");
    for (int i = 0; i < response.getOutputsCount(); i++) {
      InferOutputTensor output = response.getOutputs(i);
      write(output, response.getRawOutputContents(i), request.isBinary(output.getName()), json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(
      InferOutputTensor output, ByteString contents, boolean binary, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", output.getName());
    json.writeStringField("datatype", output.getDatatype());
    json.writeArrayFieldStart("shape");
    for (long size : output.getShapeList()) {
      json.writeNumber(size);
    }
    json.writeEndArray();
    if (binary) {
      json.writeObjectFieldStart("parameters");
      json.writeNumberField("binary_data_size", contents.size());
      json.writeEndObject();
    } else {
      json.writeArrayFieldStart("data");
      writeData(output, contents.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN), json);
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void writeData(InferOutputTensor output, ByteBuffer values, JsonGenerator json)
      throws IOException {
    boolean texts = output.getDatatype().equals("BYTES");
    while (values.hasRemaining()) {
      if (texts) {
        byte[] text = new byte[values.getInt()];
        values.get(text);
        json.writeString(new String(text, StandardCharsets.UTF_8));
      } else {
        json.writeNumber(values.getFloat());
      }
    }
  }
}
