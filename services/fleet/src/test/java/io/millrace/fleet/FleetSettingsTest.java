package io.millrace.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.fleet.keyed.FleetSettings;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.management.Metrics;
import io.millrace.settings.InvalidSettingsException;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class FleetSettingsTest {
  @Test
  void read_emptySection_isAModelForEachRecordKeyForEver() {
    FleetSettings settings = TestFleets.settings(Map.of());

    assertThat(settings.key()).isEmpty();
    assertThat(settings.idleAfter()).isEmpty();
    assertThat(settings.applicationId()).isEqualTo("shops.fleet");
  }

  @Test
  void read_sectionsOfASingleModel_areReported() {
    Map<String, Object> document =
        Map.of("champion", Map.of("min_trained", 5), "training", Map.of("max_batch_age", "1s"));

    assertThatThrownBy(() -> TestFleets.settings(document))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("champion: is given, but is for a single model")
        .hasMessageContaining("training.max_batch_age: is given");
  }

  @Test
  void application_longInterval_transactionsMayBeOpenLonger() {
    FleetSettings settings = TestFleets.settings(Map.of("checkpoints", Map.of("interval", "30s")));

    assertThat(FleetService.application(settings).all())
        .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2)
        .containsEntry("commit.interval.ms", Duration.ofSeconds(30).toMillis())
        .containsEntry("producer.transaction.timeout.ms", 40_000);
  }

  @Test
  void start_modelTooLargeForAFleet_isRefusedWithWhatHelps() {
    FleetSettings settings = TestFleets.settings(Map.of("validation", Map.of("window", 1_000_000)));

    try (Metrics metrics = new Metrics()) {
      FleetService service =
          new FleetService(settings, new Health(), metrics, (name, failure) -> {});
      assertThatThrownBy(service::start)
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessageContaining("fleet: has models whose state may take")
          .hasMessageContaining("validation.window");
    }
  }
}
