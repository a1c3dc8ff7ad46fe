package io.millrace.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.Learner;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.LearningEvent;
import io.millrace.learning.LearningEvent.EarlyStopped;
import io.millrace.learning.LearningEvent.Evaluated;
import io.millrace.learning.inspection.Inspection;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.settings.Section;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InspectionsTest {
  private static final LearningEvent EVALUATED = new Evaluated(0, 0, Map.of(), List.of());

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // it overflows at once
  private final Inspections inspections = new Inspections(Optional.empty(), nanos::get);

  @BeforeEach
  void begin() {
    inspections.begin(learner());
  }

  @Test
  void heard_nobodyWantsToSee_doesNotLook() {
    inspections.heard(EVALUATED);

    assertThat(inspections.newest()).isEmpty();
  }

  @Test
  void heard_wanted_looksAtEvaluationsAtMostOnceInTwoSeconds() {
    inspections.want();
    inspections.heard(new EarlyStopped(0));
    assertThat(inspections.newest()).isEmpty();

    inspections.heard(EVALUATED);
    Inspection first = inspections.newest().orElseThrow();
    pass(Duration.ofMillis(1999));
    inspections.heard(EVALUATED);
    assertThat(inspections.newest().orElseThrow()).isSameAs(first);

    pass(Duration.ofMillis(1));
    inspections.heard(EVALUATED);
    assertThat(inspections.newest().orElseThrow()).isNotSameAs(first);
  }

  @Test
  void heard_nobodyLooksAnyMore_keepsTheNewest() {
    inspections.want();
    inspections.heard(EVALUATED);
    Inspection newest = inspections.newest().orElseThrow();

    pass(Duration.ofSeconds(10));
    inspections.heard(EVALUATED);

    assertThat(inspections.newest().orElseThrow()).isSameAs(newest);
  }

  @Test
  void turned_noRecordYet_doesNotLook() {
    inspections.want();
    inspections.turned();
    inspections.turned();

    assertThat(inspections.newest()).isEmpty();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static Learner learner() {
    Section root =
        Section.root(
            Map.of(
                "inputs", Map.of("x", Map.of("fields", List.of("x"))),
                "outputs", Map.of("y", Map.of()),
                "network", Map.of("layers", List.of(Map.of("type", "dense", "units", 1)))));
    ModelDefinition definition = ModelDefinition.read(root);
    return new Learner(definition, LearnerSettings.read(root, definition));
  }
}
