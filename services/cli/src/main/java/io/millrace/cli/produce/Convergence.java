package io.millrace.cli.produce;

import io.millrace.cli.invocation.Configuration;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.Topics;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.trainer.events.EventReader;
import io.millrace.trainer.events.EventStart;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows the events of a model's trainer until training has stopped early, from the oldest event
 * on. There may be no trainer yet. Confined to one thread.
 */
public final class Convergence implements AutoCloseable {
  private final Configuration configuration;
  private @Nullable EventReader reader;
  private State state = State.UNKNOWN;
  private long version;
  private long records;
  private long events;

  /** What the events say of training. */
  public enum State {
    /** No trainer has told anything. */
    UNKNOWN,

    /** A round is under way. */
    TRAINING,

    /** The round stopped early, with its best weights. */
    CONVERGED,

    /** The round diverged too often. */
    FAILED
  }

  public Convergence(Configuration configuration) {
    this.configuration = configuration;
  }

  /** Reads new events; waits up to {@code patience} for the first. */
  public void poll(Duration patience) {
    if (reader == null && isThere()) {
      reader =
          new EventReader(
              new ClientProperties(configuration.kafka()).consumer("millrace-convergence"),
              configuration.trainer().events().topic(),
              configuration.model(),
              EventStart.EARLIEST);
    }
    if (reader != null) {
      heard(reader.poll(patience));
    }
  }

  /** Reads all events that there are. */
  public void catchUp(Duration patience) {
    long before;
    do {
      before = events;
      poll(patience);
    } while (events > before);
  }

  public State state() {
    return state;
  }

  /** Returns whether training has ended, well or not. */
  public boolean hasEnded() {
    return state == State.CONVERGED || state == State.FAILED;
  }

  /** Returns the first version with the best weights of a round that {@link State#CONVERGED}. */
  public long version() {
    return version;
  }

  /** Returns how many records the trainer had consumed when the round ended early. */
  public long records() {
    return records;
  }

  /** Returns how many events were read. */
  public long events() {
    return events;
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }

  private void heard(List<TrainingEvent> polled) {
    for (TrainingEvent event : polled) {
      events++;
      switch (event.getEventCase()) {
        case ROUND_STARTED -> state = State.TRAINING;
        case FAILED -> state = State.FAILED;
        case EARLY_STOPPED -> {
          state = State.CONVERGED;
          version = event.getSequence();
          records = event.getRecords();
        }
        default -> {} // says nothing of the end
      }
    }
  }

  /** Returns whether a trainer has created the topic of its events. */
  private boolean isThere() {
    try (Topics topics = Topics.connect(configuration.kafka())) {
      topics.partitions("events.topic", configuration.trainer().events().topic());
      return true;
    } catch (InvalidSettingsException e) {
      return false;
    }
  }
}
