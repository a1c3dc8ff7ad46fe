package io.millrace.learning.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.learning.network.GoldenLayers;
import io.millrace.learning.network.GoldenTraining;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reproduces what Keras computes, case by case. A case is of the kind whose key it has, whatever
 * file it is in.
 */
class GoldenCasesTest {
  private static final Map<String, GoldenKind> KINDS = new TreeMap<>();

  static {
    KINDS.put("layer", new GoldenLayers());
    KINDS.put("model", new GoldenTraining());
    KINDS.put("loss", new GoldenLosses());
    KINDS.put("metric", new GoldenMetrics());
    KINDS.put("trajectory", new GoldenOptimizers());
    KINDS.put("initializer", new GoldenInitializers());
    KINDS.put("stoppedEvaluation", new GoldenEarlyStopping());
    KINDS.put("learningRates", new GoldenPlateau());
  }

  static Stream<Arguments> cases() {
    return GoldenFiles.cases()
        .map(golden -> Arguments.of(kindOf(golden), golden.path("name").asText(), golden));
  }

  private static String kindOf(JsonNode golden) {
    return KINDS.keySet().stream()
        .filter(golden::has)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown kind: " + golden));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("cases")
  void check_goldenCase_isReproduced(String kind, String name, JsonNode golden) {
    KINDS.get(kind).check(golden);
  }
}
