package io.millrace.trainer.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.checkpoints.manifest.StoredRejection;
import io.millrace.learning.state.State;
import io.millrace.proto.events.v1.RecordsRejected;
import io.millrace.trainer.LoggedLines;
import io.millrace.trainer.decoding.shared.Rejected;
import io.millrace.trainer.decoding.shared.Rejected.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RejectionsTest {
  private static final Rejected NO_NUMBER = new Rejected(Reason.NOT_A_NUMBER, "label", "text");
  private static final Rejected NO_RECORD = Rejected.undecodable("no JSON");

  private final AtomicLong nanos = new AtomicLong();
  private final Rejections rejections = new Rejections(nanos::get);

  @Test
  void most_severalProblems_isTheCommonest() {
    add(NO_RECORD, 2);
    assertThat(rejections.most())
        .contains(new StoredRejection("UNDECODABLE", "", "the record cannot be decoded", 2));

    add(NO_NUMBER, 3);

    assertThat(rejections.most())
        .contains(
            new StoredRejection("NOT_A_NUMBER", "label", "a number is needed in field 'label'", 3));
  }

  @Test
  void most_noRejection_isEmpty() {
    assertThat(rejections.most()).isEmpty();
  }

  @Test
  void add_manyRecords_tellsTheFirstTheTenthAndTheHundredth() {
    List<RecordsRejected> told = add(NO_NUMBER, 250);

    assertThat(told).extracting(RecordsRejected::getRejected).containsExactly(1L, 10L, 100L);
    assertThat(told.get(2).getProblem()).isEqualTo("a number is needed in field 'label'");
    assertThat(told.get(2).getRecords()).isEqualTo(100);
  }

  @Test
  void tell_onceQuietThenEachMinuteOrTenfold_logsAllThereAre() {
    try (LoggedLines log = new LoggedLines(Rejections.class.getName())) {
      rejections.tell(0, true);
      add(NO_NUMBER, 299);
      rejections.tell(299, false); // more may come at once
      add(NO_RECORD, 1);
      rejections.tell(300, true);
      rejections.tell(300, true);
      add(NO_NUMBER, 1);
      nanos.addAndGet(Duration.ofSeconds(59).toNanos());
      rejections.tell(1000, true); // too soon
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
      rejections.tell(1000, false);
      add(NO_NUMBER, 2709);
      rejections.tell(9000, true);

      assertThat(log.lines())
          .containsExactly(
              line("300 of 300", 299), line("301 of 1000", 300), line("3010 of 9000", 3009));
    }
  }

  private static String line(String share, int records) {
    return "WARN %s records rejected so far, mostly: a number is needed in field 'label' (%d);"
            .formatted(share, records)
        + " `millrace dead-letters list` shows them []";
  }

  @Test
  void restore_whatWasSaved_goesOnCounting() {
    // Given
    add(NO_RECORD, 4);
    add(NO_NUMBER, 4);
    State state = new State();
    rejections.save(state);

    // When
    Rejections restored = new Rejections(nanos::get);
    restored.restore(state);
    State again = new State();
    restored.save(again);

    // Then
    assertThat(again.entries()).isEqualTo(state.entries());
    assertThat(restored.most()).isEqualTo(rejections.most());
    assertThat(restored.add(NO_NUMBER)).isEmpty();
    assertThat(restored.add(NO_NUMBER)).isPresent();
    assertThat(restored.most().orElseThrow().records()).isEqualTo(6);
  }

  @Test
  void restore_olderState_beginsToCount() {
    rejections.restore(new State());

    assertThat(rejections.most()).isEmpty();
    assertThat(rejections.add(NO_NUMBER)).isPresent();
  }

  private List<RecordsRejected> add(Rejected rejected, int times) {
    List<RecordsRejected> told = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      rejections.add(rejected).ifPresent(event -> told.add(event.getRecordsRejected()));
    }
    return told;
  }
}
