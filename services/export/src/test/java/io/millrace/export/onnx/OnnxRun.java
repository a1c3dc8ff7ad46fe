package io.millrace.export.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.millrace.export.ExportedModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** An exported model in ONNX Runtime. */
final class OnnxRun implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final Map<String, OnnxTensorLike> inputs = new LinkedHashMap<>();

  OnnxRun(ExportedModel model) throws IOException, OrtException {
    this(new OnnxModel(model, true));
  }

  OnnxRun(OnnxModel model) throws IOException, OrtException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    model.write(file);
    session = environment.createSession(file.toByteArray());
  }

  OrtSession session() {
    return session;
  }

  OnnxRun with(String input, int rows, float... values) throws OrtException {
    long[] shape = {rows, values.length / rows};
    inputs.put(input, OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape));
    return this;
  }

  OnnxRun with(String input, String... values) throws OrtException {
    inputs.put(input, OnnxTensor.createTensor(environment, values, new long[] {values.length, 1}));
    return this;
  }

  /** Returns the values of each output, flat. */
  Map<String, float[]> outputs() throws OrtException {
    Map<String, float[]> outputs = new LinkedHashMap<>();
    try (OrtSession.Result result = session.run(inputs)) {
      for (var output : result) {
        FloatBuffer values = ((OnnxTensor) output.getValue()).getFloatBuffer();
        float[] flat = new float[values.remaining()];
        values.get(flat);
        outputs.put(output.getKey(), flat);
      }
    }
    return outputs;
  }

  @Override
  public void close() throws OrtException {
    inputs.values().forEach(OnnxTensorLike::close);
    session.close();
  }
}
