package io.millrace.cli.status;

import io.millrace.proto.events.v1.TrainingEvent;
import java.time.Instant;
import java.util.List;

/**
 * What is known of a model at a moment. Each part that could not be asked says why.
 *
 * @param topic the topic of the records
 * @param holdsOut whether records are held out, so that there are evaluations
 * @param brokers the addresses of the brokers
 * @param trainer what the trainer's management port says
 * @param predictor what the serving port says
 * @param events the newest events but evaluations, oldest first
 */
record Status(
    String model,
    Instant time,
    String topic,
    boolean holdsOut,
    Asked<String> brokers,
    Asked<PortState> trainer,
    Asked<PortState> predictor,
    Asked<Checkpoints> checkpoints,
    Asked<Letters> letters,
    Asked<List<TrainingEvent>> events) {

  /** Returns 1 if the brokers are not reachable or the trainer says that it is not ready. */
  int exitCode() {
    PortState state = trainer.value();
    return brokers.value() == null || (state != null && !state.ready()) ? 1 : 0;
  }
}
