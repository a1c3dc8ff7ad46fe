package io.millrace.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Java program in a process of its own, with this test's class path. */
public final class JavaProcess {
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;

  private JavaProcess(Process process) {
    this.process = process;
  }

  /** Starts a program; what it prints goes to a file. */
  public static JavaProcess started(Class<?> program, Path output, Object... arguments)
      throws IOException {
    return started(program, output, Map.of(), arguments);
  }

  /** Starts a program with more variables in its environment. */
  public static JavaProcess started(
      Class<?> program, Path output, Map<String, String> environment, Object... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    ProcessBuilder.Redirect redirect = ProcessBuilder.Redirect.appendTo(output.toFile());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(redirect);
    builder.environment().putAll(environment);
    return new JavaProcess(builder.start());
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as {@code kill -9} does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("was not gone in %d s".formatted(PATIENCE_SECONDS));
    }
  }

  /** Returns what its threads are doing, or why nobody can say. */
  public String threads() {
    return threads(process.pid());
  }

  /** Returns what the threads of a Java process are doing, or why nobody can say. */
  public static String threads(long pid) {
    String jstack = Path.of(System.getProperty("java.home"), "bin", "jstack").toString();
    try {
      Process asked =
          new ProcessBuilder(jstack, String.valueOf(pid)).redirectErrorStream(true).start();
      return new String(asked.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Stops it as {@code kill -STOP} does: it sleeps, and knows nothing of that afterwards. */
  public void suspend() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** Wakes it from {@link #suspend}. */
  public void wake() throws IOException, InterruptedException {
    signal("-CONT");
  }

  /** Waits until it ends by itself, and returns its exit code. */
  public int awaitEnd() throws InterruptedException {
    if (!process.waitFor(90, TimeUnit.SECONDS)) {
      throw new IllegalStateException("did not end in 90 s");
    }
    return process.exitValue();
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", name, String.valueOf(process.pid())).start().waitFor();
  }

  /** Ends it as Kubernetes does first, and returns its exit code. */
  public int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("did not end in %d s".formatted(PATIENCE_SECONDS));
    }
    return process.exitValue();
  }
}
