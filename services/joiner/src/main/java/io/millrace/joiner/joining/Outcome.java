package io.millrace.joiner.joining;

import java.util.Locale;

/** The outcome of a record of either topic. Every record that does not wait has exactly one. */
public enum Outcome {
  /** Features and their label became one labelled record; counted once for both. */
  JOINED,

  /** The features expired without a label. */
  NEVER_LABELLED,

  /** A label that expired, or whose features did not come in time. */
  LATE_LABEL,

  /** A label whose example already has the same one, byte for byte. */
  DUPLICATE_LABEL,

  /** A label whose example already has a different one. The first one counts. */
  CHANGED_LABEL,

  /** Features whose example already has some. The first ones count. */
  DUPLICATE_FEATURES,

  /** A record without a key, which is needed to find its example. */
  WITHOUT_KEY,

  /** A record whose value is missing or not in the format. */
  UNREADABLE,

  /** A record so large that two of them would not fit into one record. */
  TOO_LARGE,

  /** Features and a label that match, but whose joined record the records topic refuses. */
  REFUSED;

  /** Returns the name of the outcome in headers, metrics and logs. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
