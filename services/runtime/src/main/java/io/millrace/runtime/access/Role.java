package io.millrace.runtime.access;

import java.util.Locale;
import java.util.Optional;

/** What a caller may do. */
public enum Role {
  /**
   * Ask for predictions and for what models take and give; at a trainer, look without a command.
   */
  INFER,
  /** Ask for all else, too: statistics, the index, metrics, reflection; at a trainer, command. */
  ADMIN;

  /** Returns whether this role is enough where {@code needed} is needed. */
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
