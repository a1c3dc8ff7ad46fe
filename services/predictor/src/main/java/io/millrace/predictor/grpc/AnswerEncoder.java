package io.millrace.predictor.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.requests.Refusal;
import io.millrace.proto.inference.InferParameter;
import io.millrace.proto.inference.ModelInferResponse;
import io.millrace.proto.inference.ModelStreamInferResponse;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Encodes answers for gRPC, each into one array of the exact size. */
final class AnswerEncoder {
  private static final int PREFIX_BYTES = 5;
  private static final InferParameter YES = InferParameter.newBuilder().setBoolParam(true).build();

  /** A stream parameter: no further answer to the same request follows. */
  private static final String FINAL = "triton_final_response";

  private static final ByteString ENCODED_FINAL =
      ModelInferResponse.newBuilder().putParameters(FINAL, YES).build().toByteString();

  private AnswerEncoder() {}

  /**
   * Returns a {@link ModelInferResponse} with gRPC's prefix: the flag "not compressed" and the
   * length.
   */
  static byte[] unary(ServedModel model, ModelInferResponse response) {
    int size = model.preambleSize() + response.getSerializedSize();
    byte[] message = new byte[PREFIX_BYTES + size];
    ByteBuffer.wrap(message).putInt(1, size);
    write(model, response, message, PREFIX_BYTES);
    return message;
  }

  /** Returns a {@link ModelStreamInferResponse}. */
  static Buffer streamed(ServedModel model, ModelInferResponse response) {
    int size = ENCODED_FINAL.size() + model.preambleSize() + response.getSerializedSize();
    int tag = ModelStreamInferResponse.INFER_RESPONSE_FIELD_NUMBER;
    int header =
        CodedOutputStream.computeTagSize(tag) + CodedOutputStream.computeInt32SizeNoTag(size);
    byte[] message = new byte[header + size];
    try {
      CodedOutputStream output = CodedOutputStream.newInstance(message, 0, header);
      output.writeTag(tag, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      output.writeUInt32NoTag(size);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the array has the computed size
    }
    ENCODED_FINAL.copyTo(message, header);
    write(model, response, message, header + ENCODED_FINAL.size());
    return Buffer.buffer(message);
  }

  /** Returns a {@link ModelStreamInferResponse} with the reason why there is no answer. */
  static Buffer streamed(Refusal refusal, ModelInferResponse about) {
    return Buffer.buffer(
        ModelStreamInferResponse.newBuilder()
            .setErrorMessage(refusal.message())
            .setInferResponse(about.toBuilder().putParameters(FINAL, YES))
            .build()
            .toByteArray());
  }

  private static void write(
      ServedModel model, ModelInferResponse response, byte[] message, int at) {
    model.writePreamble(message, at);
    int start = at + model.preambleSize();
    try {
      response.writeTo(CodedOutputStream.newInstance(message, start, message.length - start));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the array has the message's size
    }
  }
}
