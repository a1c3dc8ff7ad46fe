package io.millrace.settings;

/** A value that never prints: passwords, tokens, keys. */
public final class Secret {
  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /** Returns the value itself. Pass it only to the library that needs it. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "[secret]";
  }
}
