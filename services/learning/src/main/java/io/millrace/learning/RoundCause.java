package io.millrace.learning;

import java.util.Locale;

/** Why a round began. */
public enum RoundCause {
  /** Training began. */
  FIRST,

  /** So many records were scored since the last round ended as {@code restart_after} asks for. */
  RECORDS,

  /** The stream has changed. */
  DRIFT,

  /** A schedule says so. */
  SCHEDULE,

  /** A person says so. */
  COMMAND;

  /** Returns the word for it in events and logs. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
