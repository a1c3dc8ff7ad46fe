package io.millrace.cli.live;

import io.millrace.learning.Counts;
import io.millrace.trainer.training.TrainerProgress;

/** Says in words what a trainer does. */
final class StateWords {
  private StateWords() {}

  /**
   * Returns a phrase such as {@code training} or {@code waiting for records on letters}.
   *
   * @param topic the topic of the records
   */
  static String of(Moment moment, String topic) {
    TrainerProgress progress = moment.progress();
    Counts counts = moment.counts();
    if (moment.notes().containsKey("topics") || moment.notes().containsKey("brokers")) {
      return "waiting for the brokers";
    }
    if (!moment.hasBegun()) {
      return "starting";
    }
    if (progress.control().paused()) {
      return "paused; `millrace resume` goes on";
    }
    if (progress.control().rewinding()) {
      return "reading earlier records again";
    }
    if (counts.records() == 0) {
      return (progress.lag() == 0 ? "waiting for records on " : "reading the first records of ")
          + topic;
    }
    if (counts.rejected() == counts.records()) {
      return "learning nothing, every record is rejected";
    }
    return phase(progress) + (isIdle(moment) ? "; waiting for records on " + topic : "");
  }

  private static String phase(TrainerProgress progress) {
    return switch (progress.learning().phase()) {
      case WARMING -> "warming up, the validation window fills";
      case TRAINING -> "training";
      case CONVERGED -> "converged, records are only scored";
      case FAILED -> "failed, the last good model stays";
    };
  }

  private static boolean isIdle(Moment moment) {
    return moment.progress().lag() == 0 && moment.recordsPerSecond() == 0;
  }
}
