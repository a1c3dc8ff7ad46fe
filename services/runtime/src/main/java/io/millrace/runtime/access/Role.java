package io.millrace.runtime.access;

import java.util.Locale;
import java.util.Optional;

/** The role of a caller. */
public enum Role {
  /** Get predictions and model metadata; at a trainer, read its state. */
  INFER,
  /** Everything else too: statistics, the index, metrics, reflection; at a trainer, commands. */
  ADMIN;

  /** Returns whether this role includes {@code needed}. */
  boolean covers(Role needed) {
    return compareTo(needed) >= 0;
  }

  /** Returns the role of a name in lower case. */
  static Optional<Role> named(String name) {
    for (Role role : values()) {
      if (role.name().toLowerCase(Locale.ROOT).equals(name)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
