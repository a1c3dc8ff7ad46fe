package io.millrace.benchmarks.simulation;

import io.millrace.benchmarks.drift.RecordedStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Simulates millions of records with crashes, and checks the invariants. */
@Command(
    name = "simulation",
    description = {
      "Lives through a stream with a drift every million records, bad records, all commands and",
      "crashes at random moments, in virtual time, and checks the invariants: no record is trained",
      "and validated on, every record is trained once, rewound ones once a pass, every command is",
      "done once, every event told once, versions rise, no surely worse model comes to be served,",
      "and the end is the same, bit for bit, as without crashes."
    },
    mixinStandardHelpOptions = true)
public final class SimulationCommand implements Callable<Integer> {
  private static final int RECORDS_PER_DRIFT = 1_000_000;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "10000000",
      description = "records of the life (default: ${DEFAULT-VALUE})")
  private int records;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "of everything random (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--records-per-crash",
      paramLabel = "N",
      defaultValue = "100000",
      description = "records between two crashes, in the mean (default: ${DEFAULT-VALUE})")
  private int recordsPerCrash;

  @Option(
      names = "--rivals",
      description = "learn with eight rivals and a tournament, on --threads threads")
  private boolean rivals;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "threads that train (default: ${DEFAULT-VALUE})")
  private int threads;

  @Override
  public Integer call() {
    Plan plan = new Plan(seed, recordsPerCrash, 50_000, 4_000, 100_000);
    System.out.println(
        new Simulation(stream(records, RECORDS_PER_DRIFT, seed), plan, changes()).run());
    return 0;
  }

  private Map<String, Object> changes() {
    Map<String, Object> training = Map.of("training", Map.of("threads", threads));
    return rivals ? withRivals(training, 20_000) : training;
  }

  /** Returns the sections with eight rivals, one of which falls after so many records. */
  static Map<String, Object> withRivals(Map<String, Object> sections, int every) {
    Map<String, Object> result = new LinkedHashMap<>(sections);
    Map<String, Object> tournament = Map.of("every", every);
    result.put("rivals", Map.of("learners", "auto", "memory", every / 2, "tournament", tournament));
    return result;
  }

  /** Creates a stream whose concept changes after every {@code recordsPerDrift} records. */
  static RecordedStream stream(int records, int recordsPerDrift, long seed) {
    int drifts = (records - 1) / recordsPerDrift;
    List<Integer> at = IntStream.rangeClosed(1, drifts).mapToObj(i -> i * recordsPerDrift).toList();
    List<Integer> functions = IntStream.rangeClosed(0, drifts).mapToObj(i -> i % 2 + 3).toList();
    return RecordedStream.of(
        Map.of("type", "sea", "functions", functions, "drift_at", at), seed, records);
  }
}
