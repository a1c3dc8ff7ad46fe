package io.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/**
 * A command that was run in this process.
 *
 * @param output what it printed, errors included
 */
public record CommandRun(int exitCode, String output) {

  /** Runs a command. It prints to the process's output, which is redirected meanwhile. */
  public static CommandRun of(String... words) {
    PrintStream before = System.out;
    PrintStream errorsBefore = System.err;
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(output, true, UTF_8);
    System.setOut(both);
    System.setErr(both);
    try {
      return new CommandRun(Main.commandLine().execute(words), output.toString(UTF_8));
    } finally {
      System.setOut(before);
      System.setErr(errorsBefore);
    }
  }
}
