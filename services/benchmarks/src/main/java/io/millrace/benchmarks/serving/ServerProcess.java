package io.millrace.benchmarks.serving;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in its own process, measured through the kernel's figures. */
public final class ServerProcess implements AutoCloseable {
  private static final double TICKS_PER_SECOND = 100; // the value on every current Linux
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int KIBIBYTE = 1024;

  private final Process process;

  private ServerProcess(Process process) {
    this.process = process;
  }

  /** Starts a Java program with this process's class path and the options of the images. */
  public static ServerProcess java(Class<?> program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
    command.addAll(List.of("-Dmillrace.log.level=WARN", "-Dmillrace.log.level.libraries=ERROR"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    return started(command);
  }

  static ServerProcess started(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new ServerProcess(process);
  }

  /** Waits for the line {@code ready}, or for the end of the process. */
  boolean awaitLine() throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = lines.readLine();
    return "ready".equals(line);
  }

  /** Waits until {@code /readyz} on the port succeeds. */
  public void awaitReadiness(int port) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!isReady(port)) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new IOException("The server on port " + port + " did not get ready");
      }
      Thread.sleep(20);
    }
  }

  private static boolean isReady(int port) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + port + "/readyz").toURL().openConnection();
    try {
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    } finally {
      connection.disconnect();
    }
  }

  /** Returns the processor time that the process has used. */
  public double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  /** Returns the resident memory of the process. */
  public double residentMebibytes() throws IOException {
    for (String line :
        Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Double.parseDouble(line.replaceAll("\\D", "")) / KIBIBYTE;
      }
    }
    throw new IOException("no VmRSS");
  }

  /** Sends SIGTERM, as Kubernetes does first. */
  public void terminate() {
    process.destroy();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until the process ends, and returns its exit code. */
  public int awaitEnd() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
