package io.millrace.client;

import com.google.protobuf.ByteString;
import io.millrace.proto.inference.InferParameter;
import io.millrace.proto.inference.ModelInferResponse;
import io.millrace.proto.inference.ModelInferResponse.InferOutputTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads an answer with raw contents, which requests with raw contents get. */
final class PredictionReader {
  private PredictionReader() {}

  static Prediction read(ModelInferResponse response) {
    Map<String, Output> outputs = new HashMap<>();
    Map<String, List<String>> classes = new HashMap<>();
    for (int i = 0; i < response.getOutputsCount(); i++) {
      InferOutputTensor tensor = response.getOutputs(i);
      ByteString raw = response.getRawOutputContents(i);
      if (tensor.getDatatype().equals("BYTES")) {
        classes.put(tensor.getName(), texts(raw));
      } else {
        outputs.put(tensor.getName(), new Output(floats(raw), (int) tensor.getShape(0)));
      }
    }
    Map<String, String> parameters = new HashMap<>();
    response.getParametersMap().forEach((name, value) -> parameters.put(name, text(value)));
    return new Prediction(
        response.getId(), response.getModelVersion(), outputs, classes, parameters);
  }

  private static float[] floats(ByteString raw) {
    float[] values = new float[raw.size() / Float.BYTES];
    raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  private static List<String> texts(ByteString raw) {
    List<String> texts = new ArrayList<>();
    ByteBuffer bytes = raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      byte[] text = new byte[bytes.getInt()];
      bytes.get(text);
      texts.add(new String(text, StandardCharsets.UTF_8));
    }
    return List.copyOf(texts);
  }

  private static String text(InferParameter value) {
    return switch (value.getParameterChoiceCase()) {
      case BOOL_PARAM -> String.valueOf(value.getBoolParam());
      case INT64_PARAM -> String.valueOf(value.getInt64Param());
      case STRING_PARAM -> value.getStringParam();
      case DOUBLE_PARAM -> String.valueOf(value.getDoubleParam());
      case UINT64_PARAM -> Long.toUnsignedString(value.getUint64Param());
      case PARAMETERCHOICE_NOT_SET -> "";
    };
  }
}
