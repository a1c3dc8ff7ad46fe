package io.millrace.export.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.checkpoints.DefinitionJson;
import io.millrace.export.Examples;
import io.millrace.export.ExportedModel;
import io.millrace.learning.network.LayerDefinition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  private static final int LENGTH = Long.BYTES;

  @ParameterizedTest
  @ValueSource(strings = {"dense", "two_inputs", "bidirectional"})
  void write_model_hasEveryWeightBitForBit(String name) throws IOException {
    // Given
    ExportedModel model = Examples.model(name);
    ByteArrayOutputStream target = new ByteArrayOutputStream();

    // When
    Safetensors.write(model, target);

    // Then
    ByteBuffer file = ByteBuffer.wrap(target.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    int start = LENGTH + (int) file.getLong(0);
    assertThat(start % 8).isZero();
    Map<String, Object> header =
        DefinitionJson.read(new String(file.array(), LENGTH, start - LENGTH, UTF_8));
    assertThat(header.remove("__metadata__")).isEqualTo(model.identity());
    long end = 0;
    for (LayerDefinition layer : model.definition().network().layers()) {
      for (var weight : model.weights(layer).entrySet()) {
        Map<?, ?> tensor = map(header.remove(layer.name() + "/" + weight.getKey()));
        assertThat(tensor.get("dtype")).isEqualTo("F32");
        assertThat(tensor.get("shape")).isEqualTo(weight.getValue().shape());
        List<?> offsets = List.copyOf((List<?>) Objects.requireNonNull(tensor.get("data_offsets")));
        long from = ((Number) offsets.get(0)).longValue();
        assertThat(from).isEqualTo(end);
        end = ((Number) offsets.get(1)).longValue();
        float[] values = new float[weight.getValue().flat().length];
        file.slice(start + (int) from, (int) (end - from))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer()
            .get(values);
        assertThat(values).containsExactly(weight.getValue().flat());
      }
    }
    assertThat(header).isEmpty();
    assertThat(file.capacity()).isEqualTo(start + end);
  }

  private static Map<?, ?> map(@Nullable Object tree) {
    return (Map<?, ?>) Objects.requireNonNull(tree);
  }
}
