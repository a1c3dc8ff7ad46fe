package io.millrace.learning.drift;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The streams of River's documentation of its detectors, one digit per value. */
final class RiverStreams {
  private RiverStreams() {}

  static double[] values(String name) {
    try (InputStream file = RiverStreams.class.getResourceAsStream("/drift/" + name + ".txt")) {
      byte[] bytes = Objects.requireNonNull(file, name).readAllBytes();
      String digits = new String(bytes, StandardCharsets.US_ASCII).trim();
      return digits.chars().mapToDouble(digit -> digit - '0').toArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the positions of the values at which a detector reports a drift. */
  static List<Integer> drifts(DriftDetector detector, double[] values) {
    List<Integer> drifts = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (detector.update(values[i])) {
        drifts.add(i);
      }
    }
    return drifts;
  }
}
