package io.millrace.trainer.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.LearningEvent.BaselineCompared;
import io.millrace.learning.LearningEvent.Evaluated;
import io.millrace.learning.RivalProgress;
import io.millrace.learning.evaluation.BaselineComparison.Score;
import io.millrace.proto.events.v1.Evaluation;
import io.millrace.proto.events.v1.TrainingEvent;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventFormatTest {
  private static final TrainingEvent EVENT =
      TrainingEvent.newBuilder().setModel("m").setNumber(7).setRecords(1200).build();

  @ParameterizedTest
  @EnumSource(EventFormat.class)
  void read_whatWasEncoded_isTheSameEvent(EventFormat format) {
    assertThat(EventFormat.read(record(format.contentType().getBytes(UTF_8), format.encode(EVENT))))
        .contains(EVENT);
  }

  @Test
  void read_headerWithoutValue_isTakenForProtobuf() {
    assertThat(EventFormat.read(record(null, EVENT.toByteArray()))).contains(EVENT);
  }

  @Test
  void read_whatIsNoEvent_isNothing() {
    byte[] json = "application/json".getBytes(UTF_8);

    assertThat(EventFormat.read(record(json, null))).isEmpty();
    assertThat(EventFormat.read(record(null, "garbage".getBytes(UTF_8)))).isEmpty();
    assertThat(EventFormat.read(record(json, "[1, 2".getBytes(UTF_8)))).isEmpty();
    assertThat(EventFormat.read(record(json, "[".repeat(100_000).getBytes(UTF_8)))).isEmpty();
  }

  @Test
  void json_event_isOneLineWithTheNamesOfTheFields() {
    assertThat(EventFormat.json(EVENT))
        .contains("\"model\":\"m\"", "\"number\":\"7\"", "\"records\":\"1200\"")
        .doesNotContain("\n");
  }

  @Test
  void json_numbersThatAreNotFinite_areLeftOut() {
    TrainingEvent.Builder evaluation = TrainingEvent.newBuilder(EVENT);
    evaluation
        .getEvaluationBuilder()
        .putMetrics("val_loss", 0.5)
        .putMetrics("val_auc", Double.NaN)
        .putMetrics("val_mse", Double.POSITIVE_INFINITY);
    TrainingEvent.Builder vetoed = TrainingEvent.newBuilder(EVENT);
    vetoed
        .getVetoedBuilder()
        .getComparisonBuilder()
        .setHeldOutRecords(3)
        .setImprovement(0.25)
        .setStandardError(Double.NaN);

    assertThat(EventFormat.json(evaluation.build()))
        .contains("\"val_loss\":0.5")
        .doesNotContain("val_auc", "val_mse", "NaN", "Infinity");
    assertThat(EventFormat.json(vetoed.build()))
        .contains("\"improvement\":0.25")
        .doesNotContain("standard_error", "NaN");
  }

  @Test
  void message_scoresThatTheWindowDoesNotDefine_areAbsent() {
    Map<String, Double> scores = Map.of("val_loss", 0.5, "val_auc", Double.NaN);

    assertThat(
            LearningEvents.message(new Evaluated(100, 0.001, scores, List.of()))
                .orElseThrow()
                .getEvaluation())
        .isEqualTo(
            Evaluation.newBuilder().setLearningRate(0.001).putMetrics("val_loss", 0.5).build());
  }

  @Test
  void message_rivals_areThereWithTheLossesThatAreKnown() {
    List<RivalProgress> rivals =
        List.of(
            new RivalProgress("fast", 0.75, 0.25, 0.004, 0, "batch_size 1"),
            new RivalProgress("late", 0.25, Double.NaN, 0.002, 90, ""));

    Evaluation.Builder expected = Evaluation.newBuilder().setLearningRate(0.001);
    expected.addRivalsBuilder().setName("fast").setShare(0.75).setLoss(0.25).setLearningRate(0.004);
    expected.addRivalsBuilder().setName("late").setShare(0.25).setLearningRate(0.002);
    assertThat(
            LearningEvents.message(new Evaluated(100, 0.001, Map.of(), rivals))
                .orElseThrow()
                .getEvaluation())
        .isEqualTo(expected.build());
  }

  @Test
  void message_baseline_saysScoresAndWhichIsBetter() {
    BaselineCompared compared =
        new BaselineCompared(
            100,
            new Score("val_mean_absolute_error", 3.4e5),
            new Score("val_constant_mean_absolute_error", 1.3e5),
            false);

    assertThat(LearningEvents.message(compared).orElseThrow().getBaselineCompared())
        .isEqualTo(
            io.millrace.proto.events.v1.BaselineCompared.newBuilder()
                .setScore("val_mean_absolute_error")
                .setValue(3.4e5)
                .setBaseline("val_constant_mean_absolute_error")
                .setBaselineValue(1.3e5)
                .build());
  }

  private static ConsumerRecord<byte[], byte[]> record(
      byte @Nullable [] contentType, byte @Nullable [] value) {
    ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("events", 0, 0, null, value);
    record.headers().add(EventFormat.CONTENT_TYPE, contentType);
    return record;
  }
}
