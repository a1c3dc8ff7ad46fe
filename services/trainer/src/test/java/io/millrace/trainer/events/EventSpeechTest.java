package io.millrace.trainer.events;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.millrace.proto.events.v1.DriftDetected;
import io.millrace.proto.events.v1.Evaluation;
import io.millrace.proto.events.v1.RoundStarted;
import io.millrace.proto.events.v1.TrainingEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class EventSpeechTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(EventSpeech.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final List<TrainingEvent> published = new ArrayList<>();
  private long now;
  private final EventSpeech speech = new EventSpeech(() -> now, published::add);

  @BeforeEach
  void listen() {
    log.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(log);
    logger.setAdditive(false);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(log);
    logger.setLevel(null);
    logger.setAdditive(true);
  }

  @Test
  void happened_eachKind_isLoggedAtOnce() {
    speech.happened(drift(1));
    speech.happened(
        event(2).setRoundStarted(RoundStarted.newBuilder().setRound(2).setCause("drift")));

    assertThat(lines())
        .containsExactly(
            "WARN Drift detected; it began about 80 records before",
            "INFO Round 2 started (drift)");
  }

  @Test
  void happened_manyOfAKind_areCountedInTheNextLine() {
    for (int number = 1; number <= 5; number++) {
      speech.happened(drift(number));
    }
    pass(Duration.ofSeconds(11));
    speech.published(drift(5).build());

    assertThat(lines())
        .containsExactly(
            "WARN Drift detected; it began about 80 records before",
            "WARN Drift detected; it began about 80 records before (and 3 more of this kind before"
                + " it)");
    assertThat(published).hasSize(1);
  }

  @Test
  void happened_againAfterASetback_isNotLoggedAgain() {
    speech.happened(drift(7));
    pass(Duration.ofMinutes(1));
    speech.happened(drift(7));

    assertThat(lines()).hasSize(1);
  }

  @Test
  void happened_evaluation_isNotLogged() {
    speech.happened(event(1).setEvaluation(Evaluation.getDefaultInstance()));

    assertThat(lines()).isEmpty();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private static TrainingEvent.Builder drift(long number) {
    return event(number).setDriftDetected(DriftDetected.newBuilder().setRecordsAgo(80));
  }

  private static TrainingEvent.Builder event(long number) {
    return TrainingEvent.newBuilder().setModel("letters").setNumber(number).setRecords(1000);
  }

  private List<String> lines() {
    return log.list.stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }
}
