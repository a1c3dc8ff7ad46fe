package io.millrace.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.failures.UsageException;
import io.millrace.cli.invocation.Configuration;
import io.millrace.fleet.keyed.FleetSettings;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FleetKeyTest {
  private static final Map<String, List<String>> ROW = Map.of("shop", List.of("shop-1"));

  @Test
  void of_keysField_isThatOfTheRowUnlessOneIsGiven() {
    assertThat(FleetKey.of(fleet(Map.of("key", "shop")), null).of(ROW::get)).isEqualTo("shop-1");
    assertThat(FleetKey.of(fleet(Map.of("key", "shop")), "shop-2").of(ROW::get))
        .isEqualTo("shop-2");
  }

  @Test
  void problems_rowWithoutTheKey_namesTheField() {
    FleetKey keys = FleetKey.of(fleet(Map.of("key", "shop")), null);

    String key = keys.of(field -> List.of());

    assertThat(keys.problems(key))
        .containsExactly("shop is missing, which is the fleet's key; --key KEY names one");
  }

  @Test
  void of_recordsOwnKeyAndNoneGiven_refused() {
    assertThatThrownBy(() -> FleetKey.of(fleet(Map.of("threads", 1)), null))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("fleet.key names no field");
  }

  @Test
  void of_keyWithoutAFleet_refused() {
    assertThatThrownBy(() -> FleetKey.of(Optional.empty(), "shop-1"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no section fleet");
    assertThat(FleetKey.NONE.problems(FleetKey.NONE.of(ROW::get))).isEmpty();
  }

  private static Optional<FleetSettings> fleet(Map<String, Object> fleet) {
    return Configuration.read(
            Section.root(
                Map.of(
                    "model", "shops",
                    "kafka", Map.of("bootstrap_servers", "localhost:9092"),
                    "records", Map.of("topic", "sales"),
                    "inputs", Map.of("f", Map.of("fields", List.of("a"))),
                    "outputs", Map.of("y", Map.of()),
                    "network", Map.of("layers", List.of(Map.of("type", "dense", "units", 1))),
                    "fleet", fleet)))
        .fleet();
  }
}
