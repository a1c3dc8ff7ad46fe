package io.millrace.learning.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.learning.policies.EarlyStopping;
import io.millrace.learning.policies.EarlyStoppingSettings;
import io.millrace.settings.Section;

/** Keras' callback in recorded comparison; its epochs are our evaluations. */
final class GoldenEarlyStopping implements GoldenKind {

  @Override
  public void check(JsonNode golden) {
    Section section = GoldenPolicies.section(golden.path("config"));
    EarlyStoppingSettings settings = EarlyStoppingSettings.read(section);
    section.finish();
    EarlyStopping policy = new EarlyStopping(settings);
    double[] values = GoldenPolicies.numbers(golden.path("values"));

    int last = -1;
    boolean stopped = false;
    while (!stopped && last + 1 < values.length) {
      stopped = policy.after(values[++last], null) == EarlyStopping.Advice.STOP;
    }

    if (stopped) {
      assertThat(last).isEqualTo(golden.path("stoppedEvaluation").asInt());
    }
    assertThat(policy.bestEvaluation()).isEqualTo(golden.path("bestEvaluation").asLong());
    assertThat(settings.restoreBestWeights() ? policy.bestEvaluation() : last)
        .isEqualTo(golden.path("weightsOfEvaluation").asLong());
  }
}
