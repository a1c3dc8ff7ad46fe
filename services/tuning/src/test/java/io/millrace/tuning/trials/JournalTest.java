package io.millrace.tuning.trials;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.tuning.trials.TrialResult.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  @TempDir private Path folder;

  @Test
  void read_whatWasWritten_isEqual() throws Exception {
    Path path = folder.resolve("trials.jsonl");
    try (Journal journal = Journal.begin(path, Map.of("search", "s"))) {
      journal.add(result(0));
      journal.add(failed());
    }

    Journal.Found found = Journal.read(path).orElseThrow();

    assertThat(found.head()).isEqualTo(Map.of("search", "s"));
    assertThat(found.results()).containsExactly(result(0), failed());
  }

  @Test
  void goOn_lineThatWasCutOff_isOverwritten() throws Exception {
    Path path = folder.resolve("trials.jsonl");
    try (Journal journal = Journal.begin(path, Map.of("search", "s"))) {
      journal.add(result(0));
    }
    Files.writeString(path, "{\"trial\": 1, \"sett", StandardOpenOption.APPEND);

    Journal.Found found = Journal.read(path).orElseThrow();
    try (Journal journal = Journal.goOn(path, found)) {
      journal.add(result(2));
    }

    assertThat(found.results()).containsExactly(result(0));
    assertThat(Journal.read(path).orElseThrow().results()).containsExactly(result(0), result(2));
  }

  private static TrialResult result(int number) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("units", 3);
    settings.put("training.optimizer.learning_rate", 1.0 / 3);
    settings.put("training.optimizer.type", "adam");
    settings.put("network.layers[0].use_bias", true);
    return new TrialResult(
        number,
        settings,
        Status.PRUNED,
        List.of(0.1 + 0.2, Double.NaN, Double.POSITIVE_INFINITY),
        0.1 + 0.2,
        1e-300,
        Double.NaN,
        1,
        Optional.empty(),
        1.5);
  }

  private static TrialResult failed() {
    return new TrialResult(
        7,
        Map.of("units", 0),
        Status.FAILED,
        List.of(),
        Double.NaN,
        0,
        Double.NaN,
        0,
        Optional.of("units: is 0"),
        0);
  }
}
