package io.millrace.learning.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.learning.policies.ReduceLearningRateOnPlateau;
import io.millrace.learning.policies.ReduceLearningRateSettings;
import io.millrace.settings.Section;

/** Keras' callback in recorded comparison; its epochs are our evaluations. */
final class GoldenPlateau implements GoldenKind {

  @Override
  public void check(JsonNode golden) {
    double rate = golden.path("config").path("initial_learning_rate").asDouble();
    Section section = GoldenPolicies.section(golden.path("config"));
    ReduceLearningRateSettings settings = ReduceLearningRateSettings.read(section, rate);
    section.finish();
    ReduceLearningRateOnPlateau policy = new ReduceLearningRateOnPlateau(settings);
    double[] values = GoldenPolicies.numbers(golden.path("values"));
    double[] expected = GoldenPolicies.numbers(golden.path("learningRates"));

    for (int evaluation = 0; evaluation < values.length; evaluation++) {
      rate = policy.after(values[evaluation], null, rate);

      assertThat(rate)
          .as("rate after evaluation %d", evaluation)
          .isCloseTo(expected[evaluation], within(1e-5 * expected[evaluation]));
    }
  }
}
