package io.millrace.tuning.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.settings.InvalidSettingsException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OverlayTest {
  private static final Map<String, Object> DENSE = Map.of("type", "dense", "units", 4);
  private static final Map<String, Object> DROPOUT = Map.of("type", "dropout", "rate", 0.2);
  private static final Map<String, Object> OUTPUT = Map.of("type", "dense", "units", 1);

  private final Map<String, Object> document =
      Map.of(
          "training", Map.of("optimizer", "adam", "batch_size", 8),
          "network", Map.of("layers", List.of(DENSE, DROPOUT, OUTPUT)));

  @Test
  void over_keyBelowAName_makesASectionOfThatType() {
    Map<String, Object> result =
        Overlay.over(document, Map.of("training.optimizer.learning_rate", 0.1));

    assertThat(result.get("training"))
        .isEqualTo(
            Map.of("optimizer", Map.of("type", "adam", "learning_rate", 0.1), "batch_size", 8));
  }

  @Test
  void over_itemOfAList_isReplacedThere() {
    Map<String, Object> result = Overlay.over(document, Map.of("network.layers[1].rate", 0.5));

    assertThat(layers(result))
        .containsExactly(DENSE, Map.of("type", "dropout", "rate", 0.5), OUTPUT);
  }

  @Test
  void over_moreHiddenLayers_repeatTheFirstBlock() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("hidden_layers", 2);
    values.put("units", 16);

    Map<String, Object> wide = Map.of("type", "dense", "units", 16);
    assertThat(layers(Overlay.over(document, values)))
        .containsExactly(wide, DROPOUT, wide, DROPOUT, OUTPUT);
  }

  @Test
  void over_widthOfEachLayer_isItsOwn() {
    Map<String, Object> values = Map.of("hidden_layers", 2, "units_1", 8, "units_2", 2);

    assertThat(layers(Overlay.over(document, values)))
        .containsExactly(
            Map.of("type", "dense", "units", 8),
            DROPOUT,
            Map.of("type", "dense", "units", 2),
            DROPOUT,
            OUTPUT);
  }

  @Test
  void over_noHiddenLayers_leavesTheOutput() {
    assertThat(layers(Overlay.over(document, Map.of("hidden_layers", 0)))).containsExactly(OUTPUT);
  }

  @Test
  void over_keysThatCannotBe_areAllTold() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("inputs.x.features", 1);
    values.put("network.layers[7].units", 1);

    assertThatThrownBy(() -> Overlay.over(document, values))
        .isInstanceOfSatisfying(
            InvalidSettingsException.class, e -> assertThat(e.problems()).hasSize(2))
        .hasMessageContaining("inputs.x.features")
        .hasMessageContaining("names an item that the list has not");
  }

  private static List<Object> layers(Map<String, Object> result) {
    return result.get("network") instanceof Map<?, ?> network
            && network.get("layers") instanceof List<?> layers
        ? List.copyOf(layers)
        : List.of();
  }
}
