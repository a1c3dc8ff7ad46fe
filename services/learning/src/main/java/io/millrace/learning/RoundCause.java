package io.millrace.learning;

import java.util.Locale;

/** Why a round began. */
public enum RoundCause {
  /** Training began. */
  FIRST,

  /** {@code restart_after} records were scored since the last round ended. */
  RECORDS,

  /** The stream drifted. */
  DRIFT,

  /** The schedule asked for it. */
  SCHEDULE,

  /** A command asked for it. */
  COMMAND;

  /** Returns the name in events and logs. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
