package io.millrace.settings;

/** A value that never prints: passwords, tokens, keys. */
public final class Secret {
  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /** Returns the value itself; hand it to the library that needs it and to nothing else. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "[secret]";
  }
}
