package io.millrace.cli.steering;

import io.millrace.proto.control.v1.Retrain;
import java.util.Optional;

/** The values of {@code retrain --rewind}. */
public final class RewindOption {
  /** The allowed values, for messages. */
  public static final String ALLOWED =
      "earliest, drift-start, a time such as 2026-11-21T08:00:00Z, or offsets such as 0:1200,1:950";

  private RewindOption() {}

  /** Returns the message with that start; empty if the text is not an allowed value. */
  public static Optional<Retrain.Builder> parse(String text) {
    Retrain.Builder retrain = Retrain.newBuilder();
    if (text.equals("earliest")) {
      return Optional.of(retrain.setRewindToEarliest(Retrain.Earliest.getDefaultInstance()));
    }
    if (text.equals("drift-start")) {
      return Optional.of(retrain.setRewindToDriftStart(Retrain.DriftStart.getDefaultInstance()));
    }
    if (text.matches("\\d{1,9}:\\d{1,18}(,\\d{1,9}:\\d{1,18})*")) {
      return Optional.of(retrain.setRewindToOffsets(offsets(text)));
    }
    return TimeText.parse(text).map(time -> retrain.setRewindToMillis(time.toEpochMilli()));
  }

  private static Retrain.Offsets offsets(String text) {
    Retrain.Offsets.Builder offsets = Retrain.Offsets.newBuilder();
    for (String each : text.split(",", -1)) {
      int colon = each.indexOf(':');
      offsets.putOffsets(
          Integer.parseInt(each.substring(0, colon)), Long.parseLong(each.substring(colon + 1)));
    }
    return offsets.build();
  }
}
