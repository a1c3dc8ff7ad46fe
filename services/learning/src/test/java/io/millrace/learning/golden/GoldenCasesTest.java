package io.millrace.learning.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.kernels.host.HostKernels;
import io.millrace.learning.kernels.nd4j.Nd4jKernels;
import io.millrace.learning.network.GoldenLayers;
import io.millrace.learning.network.GoldenTraining;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reproduces Keras' results, case by case, on each implementation of the kernels where kernels are
 * used. The kind of a case follows from its keys, whatever its file is.
 */
class GoldenCasesTest {
  private static final Map<String, Map<String, GoldenKind>> KINDS = new TreeMap<>();

  static {
    onAllKernels("layer", GoldenLayers::new);
    onAllKernels("model", GoldenTraining::new);
    onAllKernels("trajectory", GoldenOptimizers::new);
    KINDS.put("loss", Map.of("", new GoldenLosses()));
    KINDS.put("metric", Map.of("", new GoldenMetrics()));
    KINDS.put("initializer", Map.of("", new GoldenInitializers()));
    KINDS.put("stoppedEvaluation", Map.of("", new GoldenEarlyStopping()));
    KINDS.put("learningRates", Map.of("", new GoldenPlateau()));
  }

  private static void onAllKernels(String key, Function<Supplier<Kernels>, GoldenKind> kind) {
    KINDS.put(
        key,
        new TreeMap<>(
            Map.of(
                " on host", kind.apply(HostKernels::new),
                " on nd4j", kind.apply(Nd4jKernels::new))));
  }

  static Stream<Arguments> cases() {
    return GoldenFiles.cases()
        .flatMap(
            golden ->
                kindOf(golden).entrySet().stream()
                    .map(
                        kind ->
                            Arguments.of(
                                golden.path("name").asText() + kind.getKey(),
                                kind.getValue(),
                                golden)));
  }

  private static Map<String, GoldenKind> kindOf(JsonNode golden) {
    return KINDS.entrySet().stream()
        .filter(kind -> golden.has(kind.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown kind: " + golden));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void check_goldenCase_isReproduced(String name, GoldenKind kind, JsonNode golden) {
    kind.check(golden);
  }
}
