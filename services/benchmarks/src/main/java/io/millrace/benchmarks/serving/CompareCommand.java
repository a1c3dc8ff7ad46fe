package io.millrace.benchmarks.serving;

import io.millrace.quickstart.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares the predictor with a server that only echoes and with one in Python. */
@Command(
    name = "compare",
    description = {
      "Requests a second and latency of one request at a time for 64-128-128-3, here, in a server",
      "of grpc-java that only echoes, and in one of Python's grpcio with PyTorch, in turn.",
      "The environment's PYTHON names the interpreter with PyTorch (default: python3)."
    },
    mixinStandardHelpOptions = true)
public final class CompareCommand implements Callable<Integer> {
  private static final ServedNetwork NETWORK = new ServedNetwork(List.of(64, 128, 128, 3));
  private static final String MILLRACE = "millrace";
  private static final String ECHO = "echo";
  private static final String PYTORCH = "pytorch";

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "measured rounds of each server (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "2",
      description = "length of a measurement (default: ${DEFAULT-VALUE})")
  private double seconds;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "4",
      description = "connections of the throughput's load (default: ${DEFAULT-VALUE})")
  private int connections;

  @Option(
      names = "--under-way",
      paramLabel = "N",
      defaultValue = "32",
      description = "calls under way on each of them (default: ${DEFAULT-VALUE})")
  private int underWay;

  @Option(
      names = "--event-loops",
      paramLabel = "N",
      description = "the predictor's serving.event_loops (default: one for each processor)")
  private int eventLoops = Runtime.getRuntime().availableProcessors();

  private final Map<String, Contender> contenders = new LinkedHashMap<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("millrace-benchmark");
    try (PublishedModel model = new PublishedModel(NETWORK, Map.of("event_loops", eventLoops))) {
      start(model, folder);
      measure(0); // warms up
      contenders.values().forEach(Contender::forget);
      for (int round = 1; round <= rounds; round++) {
        measure(round);
        System.out.println("round=" + round + " " + lastFigures());
      }
      report();
    } finally {
      contenders.values().forEach(contender -> contender.process().close());
      delete(folder);
    }
    return 0;
  }

  private void start(PublishedModel model, Path folder) throws IOException, InterruptedException {
    int port = FreePort.find();
    contenders.put(MILLRACE, new Contender(model.predictor(port), model.target(port, 1)));
    int echoPort = FreePort.find();
    ServerProcess echo = ServerProcess.java(EchoServer.class, Integer.toString(echoPort));
    contenders.put(ECHO, new Contender(echo, model.target(echoPort, 1)));
    echo.awaitLine();
    int pythonPort = FreePort.find();
    String python = System.getenv().getOrDefault("PYTHON", "python3");
    Optional<ServerProcess> pytorch = PytorchServer.start(python, folder, pythonPort, NETWORK);
    pytorch.ifPresentOrElse(
        process -> contenders.put(PYTORCH, new Contender(process, model.target(pythonPort, 1))),
        () ->
            System.out.println("pytorch absent: " + python + " lacks torch, grpcio or its tools"));
  }

  private void measure(int round) throws IOException, InterruptedException {
    double length = round == 0 ? 4 : seconds;
    for (Contender contender : contenders.values()) {
      contender.measureThroughput(connections, underWay, length);
    }
    for (Contender contender : contenders.values()) {
      contender.measureLatency(length);
    }
  }

  private String lastFigures() {
    return contenders.entrySet().stream()
        .map(contender -> contender.getKey() + " " + contender.getValue().last())
        .collect(Collectors.joining(" "));
  }

  private void report() {
    contenders.forEach((name, contender) -> System.out.println(name + " " + contender.figures()));
    Contender millrace = Objects.requireNonNull(contenders.get(MILLRACE));
    Contender echo = Objects.requireNonNull(contenders.get(ECHO));
    System.out.printf(
        Locale.ROOT,
        "millrace/echo requests_per_second=%.2f batch1_p50_us=%+.0f%n",
        millrace.perSecond() / echo.perSecond(),
        millrace.p50Micros() - echo.p50Micros());
    Contender pytorch = contenders.get(PYTORCH);
    if (pytorch != null) {
      System.out.printf(
          Locale.ROOT,
          "millrace/pytorch requests_per_second=%.1f%n",
          millrace.perSecond() / pytorch.perSecond());
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** A server and its measurements. */
  private record Contender(
      ServerProcess process,
      Load.Target target,
      List<Double> rates,
      List<Double> latencies,
      List<Double> cpuMicros) {

    Contender(ServerProcess process, Load.Target target) {
      this(process, target, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    void forget() {
      rates.clear();
      latencies.clear();
      cpuMicros.clear();
    }

    void measureThroughput(int connections, int underWay, double seconds)
        throws IOException, InterruptedException {
      try (Load load = new Load(target, connections)) {
        double cpu = process.cpuSeconds();
        Measured measured = load.closed(underWay, seconds);
        requireNoFailure(measured);
        cpuMicros.add((process.cpuSeconds() - cpu) * 1e6 / measured.answered());
        rates.add(measured.perSecond());
      }
    }

    void measureLatency(double seconds) throws IOException, InterruptedException {
      try (Load load = new Load(target, 1)) {
        Measured measured = load.closed(1, seconds);
        requireNoFailure(measured);
        latencies.add(measured.answeredMicros(50));
      }
    }

    String last() {
      return String.format(
          Locale.ROOT,
          "%.0f/s %.0fus",
          rates.get(rates.size() - 1),
          latencies.get(latencies.size() - 1));
    }

    double perSecond() {
      return median(rates);
    }

    double p50Micros() {
      return median(latencies);
    }

    String figures() {
      return String.format(
          Locale.ROOT,
          "requests_per_second=%.0f (%.0f..%.0f) cpu_us_per_request=%.1f batch1_p50_us=%.1f"
              + " (%.1f..%.1f)",
          perSecond(),
          rates.stream().min(Double::compare).orElseThrow(),
          rates.stream().max(Double::compare).orElseThrow(),
          median(cpuMicros),
          p50Micros(),
          latencies.stream().min(Double::compare).orElseThrow(),
          latencies.stream().max(Double::compare).orElseThrow());
    }

    private static void requireNoFailure(Measured measured) {
      if (measured.failed() + measured.refused() > 0) {
        throw new IllegalStateException(
            measured.failed() + " calls failed, " + measured.refused() + " were refused");
      }
    }

    private static double median(List<Double> values) {
      List<Double> sorted = values.stream().sorted().toList();
      return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }
  }
}
