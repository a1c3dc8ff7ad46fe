package io.millrace.cli.invocation;

import java.util.Locale;

/** The logs of services that run within a command. */
public final class Logs {
  private Logs() {}

  /**
   * Leaves the screen to the command: only warnings are logged, and only errors of libraries,
   * unless the user has set the levels. Valid before anything has logged.
   */
  public static void quiet() {
    setIfAbsent("millrace.log.level", "WARN");
    setIfAbsent("millrace.log.level.libraries", "ERROR");
  }

  /** Like {@link #quiet}, for a command that tells itself what services would warn of. */
  public static void silent() {
    setIfAbsent("millrace.log.level", "ERROR");
    quiet();
  }

  /**
   * On a terminal, makes the lines short and leaves the warnings of libraries out: services say
   * themselves what a person has to know. Elsewhere nothing changes. Valid before anything has
   * logged.
   */
  public static void forPeople() {
    if (Boolean.getBoolean("millrace.terminal.errors")) {
      setIfAbsent("millrace.log.format", "short");
      setIfAbsent("millrace.log.level.libraries", "ERROR");
    }
  }

  private static void setIfAbsent(String property, String value) {
    String variable = property.toUpperCase(Locale.ROOT).replace('.', '_');
    if (System.getProperty(property) == null && System.getenv(variable) == null) {
      System.setProperty(property, value);
    }
  }
}
