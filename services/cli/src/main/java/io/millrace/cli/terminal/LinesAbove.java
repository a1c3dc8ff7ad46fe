package io.millrace.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/**
 * Takes the place of standard error, so that logs come as whole lines above a block that is redrawn
 * and do not tear it. Safe for any thread.
 */
public final class LinesAbove implements AutoCloseable {
  private final LiveDisplay display;
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private LinesAbove(LiveDisplay display) {
    this.display = display;
  }

  /** Takes the place of standard error until it is closed. */
  public static LinesAbove of(LiveDisplay display) {
    LinesAbove lines = new LinesAbove(display);
    System.setErr(new PrintStream(lines.stream(), true, Charset.defaultCharset()));
    return lines;
  }

  /** Gives standard error back. */
  @Override
  public void close() {
    System.err.flush();
    System.setErr(before);
    take('\n', line.size() > 0);
  }

  private OutputStream stream() {
    return new OutputStream() {
      @Override
      public void write(int value) {
        take(value, true);
      }
    };
  }

  private synchronized void take(int value, boolean ends) {
    if (value != '\n') {
      line.write(value);
    } else if (ends) {
      display.above(line.toString(Charset.defaultCharset()).stripTrailing());
      line.reset();
    }
  }
}
