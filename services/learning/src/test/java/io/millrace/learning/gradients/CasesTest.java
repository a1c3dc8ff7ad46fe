package io.millrace.learning.gradients;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.kernels.Activation;
import io.millrace.learning.layers.LayerTypes;
import io.millrace.learning.losses.Losses;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is registered by name has a case whose gradients {@link GradientCheckTest} checks. */
class CasesTest {

  @Test
  void layerCases_everyRegisteredLayer_hasACase() {
    assertThat(layers().map(layer -> String.valueOf(layer.get("type"))))
        .containsAll(LayerTypes.names());
  }

  @Test
  void layerCases_everyActivation_hasACaseOfItsOwnAndOneInADenseLayer() {
    List<String> activations =
        Arrays.stream(Activation.values())
            .map(activation -> activation.name().toLowerCase(Locale.ROOT))
            .toList();

    for (String type : List.of("activation", "dense")) {
      assertThat(
              layers()
                  .filter(layer -> type.equals(layer.get("type")))
                  .map(layer -> String.valueOf(layer.get("activation"))))
          .as(type)
          .containsAll(activations);
    }
  }

  @Test
  void lossCases_everyRegisteredLoss_hasACase() {
    assertThat(LossCase.all())
        .extracting(loss -> loss.loss().get("type"))
        .containsAll(Losses.names());
  }

  /** Returns the layers that the cases are about: the last of each network, and what it wraps. */
  private static Stream<Map<?, ?>> layers() {
    return LayerCases.all().stream()
        .map(each -> each.layers().get(each.layers().size() - 1))
        .flatMap(CasesTest::withWrapped);
  }

  private static Stream<Map<?, ?>> withWrapped(Map<?, ?> layer) {
    return layer.get("layer") instanceof Map<?, ?> wrapped
        ? Stream.of(layer, wrapped)
        : Stream.of(layer);
  }
}
