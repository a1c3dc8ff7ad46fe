package io.millrace.cli.steering;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.proto.events.v1.BaselineCompared;
import io.millrace.proto.events.v1.Comparison;
import io.millrace.proto.events.v1.Evaluation;
import io.millrace.proto.events.v1.Promoted;
import io.millrace.proto.events.v1.RivalReplaced;
import io.millrace.proto.events.v1.TrainingEvent;
import org.junit.jupiter.api.Test;

class EventTextTest {
  private static final TrainingEvent COMMON =
      TrainingEvent.newBuilder()
          .setModel("letters")
          .setNumber(12)
          .setSequence(5)
          .setRecords(1600)
          .build();

  @Test
  void line_evaluation_showsAllMetrics() {
    TrainingEvent event =
        COMMON.toBuilder()
            .setEvaluation(
                Evaluation.newBuilder().putMetrics("val_loss", 0.5).putMetrics("val_accuracy", 0.9))
            .build();

    assertThat(EventText.line(event))
        .isEqualTo(
            "1970-01-01T00:00:00Z #12 records=1600 checkpoint=5 evaluation: val_accuracy=0.9000"
                + " val_loss=0.5000");
  }

  @Test
  void line_rivals_showsSharesAndWhoFell() {
    TrainingEvent.Builder evaluation = COMMON.toBuilder();
    evaluation.getEvaluationBuilder().putMetrics("val_loss", 0.5);
    evaluation.getEvaluationBuilder().addRivalsBuilder().setName("default").setShare(0.25);
    evaluation.getEvaluationBuilder().addRivalsBuilder().setName("fast").setShare(0.75);
    RivalReplaced.Builder replaced =
        RivalReplaced.newBuilder()
            .setFell("slow")
            .setShare(0.0125)
            .setCame("fast-2")
            .setChanges("learning_rate 0.008")
            .setCause("least_weight");

    assertThat(EventText.line(evaluation.build()))
        .endsWith("evaluation: val_loss=0.5000; rivals: fast 75.0 %, default 25.0 %");
    assertThat(EventText.line(COMMON.toBuilder().setRivalReplaced(replaced).build()))
        .endsWith("rival slow fell, its mean share was 1.3 %; fast-2 (learning_rate 0.008) came");
    replaced.setFell("fast").setCame("fast").setCause("diverged");
    assertThat(EventText.line(COMMON.toBuilder().setRivalReplaced(replaced).build()))
        .endsWith("rival fast: loss not finite; it begins again from the leader");
  }

  @Test
  void line_promoted_showsWhatItRestsOn() {
    Comparison comparison =
        Comparison.newBuilder()
            .setHeldOutRecords(160)
            .setImprovement(0.25)
            .setStandardError(0.05)
            .build();
    TrainingEvent event =
        COMMON.toBuilder()
            .setPromoted(
                Promoted.newBuilder().setChampion(5).setPredecessor(3).setComparison(comparison))
            .build();

    assertThat(EventText.line(event))
        .endsWith(
            "version 5 promoted in the place of 3: held_out=160 improvement=0.2500"
                + " standard_error=0.05000");
  }

  @Test
  void line_baseline_showsBothScores() {
    TrainingEvent event =
        COMMON.toBuilder()
            .setBaselineCompared(
                BaselineCompared.newBuilder()
                    .setScore("val_accuracy")
                    .setValue(0.25)
                    .setBaseline("val_majority_accuracy")
                    .setBaselineValue(0.5)
                    .setBetter(false))
            .build();

    assertThat(EventText.line(event))
        .endsWith(
            "the model is no better than a constant answer: val_accuracy=0.2500"
                + " val_majority_accuracy=0.5000");
  }

  @Test
  void line_everyKind_isTold() {
    for (TrainingEvent.EventCase kind : TrainingEvent.EventCase.values()) {
      if (kind != TrainingEvent.EventCase.EVENT_NOT_SET) {
        TrainingEvent.Builder event = COMMON.toBuilder();
        event.getFieldBuilder(TrainingEvent.getDescriptor().findFieldByNumber(kind.getNumber()));

        assertThat(EventText.line(event.build())).doesNotContain("newer Millrace");
      }
    }
  }
}
