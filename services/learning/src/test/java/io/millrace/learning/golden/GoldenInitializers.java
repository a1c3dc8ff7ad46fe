package io.millrace.learning.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.learning.initializers.Fans;
import io.millrace.learning.initializers.Initializer;
import io.millrace.learning.initializers.Initializers;
import io.millrace.learning.random.RandomStream;
import io.millrace.settings.Section;
import java.util.Arrays;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** The moments of initial weights, averaged over draws, against those of one draw of Keras. */
final class GoldenInitializers implements GoldenKind {
  private static final int DRAWS = 20;

  @Override
  public void check(JsonNode golden) {
    Section section = section(golden.path("initializer"));
    Initializer initializer = Initializers.read(section);
    section.finish();
    int[] shape =
        StreamSupport.stream(golden.path("shape").spliterator(), false)
            .mapToInt(JsonNode::asInt)
            .toArray();
    float[][] draws =
        IntStream.range(0, DRAWS)
            .mapToObj(seed -> draw(initializer, shape, seed))
            .toArray(float[][]::new);

    double tolerance = draws[0].length < 2000 ? 0.06 : 0.02;
    double deviation = golden.path("standardDeviation").asDouble();
    double maximum = golden.path("absoluteMaximum").asDouble();
    assertThat(average(draws, GoldenInitializers::mean))
        .isCloseTo(golden.path("mean").asDouble(), within(tolerance * deviation));
    assertThat(average(draws, GoldenInitializers::standardDeviation))
        .isCloseTo(deviation, within(tolerance * deviation));
    assertThat(average(draws, GoldenInitializers::absoluteMaximum))
        .isCloseTo(maximum, within(tolerance * maximum));
  }

  private static Section section(JsonNode initializer) {
    return initializer.isTextual()
        ? Section.root(Map.of("type", initializer.asText()))
        : GoldenTensor.section(initializer);
  }

  private static float[] draw(Initializer initializer, int[] shape, long seed) {
    float[] values = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    initializer.fill(values, 0, shape, Fans.of(shape), RandomStream.of(seed, 1));
    return values;
  }

  private static double average(float[][] draws, ToDoubleFunction<float[]> moment) {
    return Arrays.stream(draws).mapToDouble(moment).average().orElseThrow();
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double standardDeviation(float[] values) {
    double mean = mean(values);
    double squares = 0;
    for (float value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / values.length);
  }

  private static double absoluteMaximum(float[] values) {
    double maximum = 0;
    for (float value : values) {
      maximum = Math.max(maximum, Math.abs(value));
    }
    return maximum;
  }
}
