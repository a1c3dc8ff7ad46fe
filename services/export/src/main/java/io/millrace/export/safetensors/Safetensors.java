package io.millrace.export.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.checkpoints.DefinitionJson;
import io.millrace.export.ExportedModel;
import io.millrace.export.Values;
import io.millrace.learning.network.LayerDefinition;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights of a model as {@code LAYER/WEIGHT}, float32: the length of a header, the header as
 * JSON, and the values, all little-endian.
 */
public final class Safetensors {
  private static final int ALIGNMENT = 8;

  private Safetensors() {}

  /** Writes the weights, with the model's name, version and digest as metadata. */
  public static void write(ExportedModel model, OutputStream target) throws IOException {
    Map<String, Values> tensors = new LinkedHashMap<>();
    for (LayerDefinition layer : model.definition().network().layers()) {
      model
          .weights(layer)
          .forEach((name, values) -> tensors.put(layer.name() + "/" + name, values));
    }
    byte[] header = header(model.identity(), tensors).getBytes(UTF_8);
    int padding = (ALIGNMENT - header.length % ALIGNMENT) % ALIGNMENT;
    target.write(littleEndian(Long.BYTES).putLong(header.length + padding).array());
    target.write(header);
    target.write(" ".repeat(padding).getBytes(UTF_8));
    for (Values values : tensors.values()) {
      ByteBuffer bytes = littleEndian(values.flat().length * Float.BYTES);
      bytes.asFloatBuffer().put(values.flat());
      target.write(bytes.array());
    }
  }

  private static String header(Map<String, String> metadata, Map<String, Values> tensors) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("__metadata__", metadata);
    long offset = 0;
    for (Map.Entry<String, Values> tensor : tensors.entrySet()) {
      long end = offset + (long) tensor.getValue().flat().length * Float.BYTES;
      header.put(
          tensor.getKey(),
          Map.of(
              "dtype", "F32",
              "shape", tensor.getValue().shape(),
              "data_offsets", List.of(offset, end)));
      offset = end;
    }
    return DefinitionJson.write(header);
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
