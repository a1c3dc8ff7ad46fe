package io.millrace.joiner.joining;

import java.util.Locale;

/** How a record of either topic ends; every record that does not wait has ended in one way. */
public enum Outcome {
  /** Features and their label became one labelled record; counted once for the two. */
  JOINED,

  /** Features whose time passed without a label. */
  NEVER_LABELLED,

  /** A label whose features did not come in its time, or whose time had passed. */
  LATE_LABEL,

  /** A label that its example has already, byte for byte. */
  DUPLICATE_LABEL,

  /** A label of an example that has another one already; the first one holds. */
  CHANGED_LABEL,

  /** Features of an example that has some already; the first ones hold. */
  DUPLICATE_FEATURES,

  /** A record without a key, by which examples are found. */
  WITHOUT_KEY,

  /** A record whose value is missing or not of the format. */
  UNREADABLE,

  /** A record of which two would not fit into one. */
  TOO_LARGE,

  /** Features or a label that would be joined, but the records topic does not take the record. */
  REFUSED;

  /** Returns its name in headers, metrics and logs. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
