package io.millrace.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.proto.events.v1.TrainingEvent;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DriftStoryTest {

  @Test
  void lines_driftThatIsOvercome_tellsAfterHowManyRecordsEachStepCame() {
    // Given: a dip in the accuracy after it was good for a moment
    List<TrainingEvent> events =
        List.of(
            evaluation(900, 0.95),
            at(1040, event -> event.getDriftDetectedBuilder().setRecordsAgo(30)),
            at(1041, event -> event.getChallengerStartedBuilder().setChampion(3)),
            evaluation(1100, 0.89),
            evaluation(1200, 0.87),
            at(1250, event -> event.getPromotedBuilder().setChampion(4).setPredecessor(3)),
            evaluation(1300, 0.91),
            evaluation(1400, 0.93));

    assertThat(lastLine(events))
        .isEqualTo(
            "drift: at=1000 detected_after=40 challenger_after=41 promoted_after=250"
                + " recovered_after=300 false_alarms=0");
  }

  @Test
  void lines_driftThatIsNotNoticed_saysSo() {
    List<TrainingEvent> events =
        List.of(
            at(500, event -> event.getDriftDetectedBuilder().setRecordsAgo(30)),
            evaluation(900, 0.95),
            evaluation(1100, 0.5));

    assertThat(lastLine(events))
        .isEqualTo(
            "drift: at=1000 detected_after=never challenger_after=never promoted_after=never"
                + " recovered_after=never false_alarms=1");
  }

  private static String lastLine(List<TrainingEvent> events) {
    List<String> lines = new DriftStory(1000, events).lines();
    return lines.get(lines.size() - 1);
  }

  private static TrainingEvent evaluation(long records, double accuracy) {
    return at(records, event -> event.getEvaluationBuilder().putMetrics("val_accuracy", accuracy));
  }

  private static TrainingEvent at(long records, Consumer<TrainingEvent.Builder> content) {
    TrainingEvent.Builder event = TrainingEvent.newBuilder().setRecords(records);
    content.accept(event);
    return event.build();
  }
}
