package io.millrace.tuning.trials;

import io.millrace.tuning.search.FinishedTrial;
import io.millrace.tuning.search.Pruner;
import io.millrace.tuning.search.SearchMethod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Runs trials, generation by generation, on several cores.
 *
 * <p>What is proposed and what is given up depends on earlier generations alone, and a trial is
 * trained by one thread; so the results are the same on any number of cores. Confined to one
 * thread, which waits while others train.
 */
public final class Search implements AutoCloseable {
  private static final long LOOK_MILLIS = 100;

  private final SearchSettings settings;
  private final TrialRules rules;
  private final Listener listener;
  private final BooleanSupplier stopped;
  private final ExecutorService threads;
  private final Map<Integer, TrialResult> known = new TreeMap<>();
  private final Map<Integer, TrialResult> results = new TreeMap<>();

  /** Watches a search. Called by its thread. */
  public interface Listener {
    /** A trial has ended, and is part of the result. */
    void ended(TrialResult result);

    /** Time has passed. */
    void running(List<Running> trials);
  }

  /**
   * A trial that has not ended.
   *
   * @param score its best so far; NaN if there is none
   */
  public record Running(int number, Map<String, Object> settings, int epochs, double score) {}

  /**
   * @param threads how many train at a time
   * @param stopped whether to end before the next step; what has ended until then stays
   */
  public Search(
      SearchSettings settings,
      TrialRules rules,
      int threads,
      Listener listener,
      BooleanSupplier stopped) {
    this.settings = settings;
    this.rules = rules;
    this.listener = listener;
    this.stopped = stopped;
    this.threads =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, "millrace-trial");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Takes over what an interrupted search of the same settings and records has found. */
  public void resume(List<TrialResult> found) {
    found.forEach(result -> known.put(result.number(), result));
  }

  /** Returns the results of all trials that have ended, by number. */
  public List<TrialResult> run() throws InterruptedException {
    SearchMethod method = settings.method();
    int most = Math.min(settings.trials(), method.sampler().limit().orElse(Integer.MAX_VALUE));
    int begun = 0;
    for (int generation = 0; begun < most && !stopped.getAsBoolean(); generation++) {
      int end = Math.min(most, begun + method.pruner().width(generation));
      runGeneration(generation, begun, end);
      begun = end;
    }
    return List.copyOf(results.values());
  }

  /** Ends training before its time. */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void runGeneration(int generation, int begin, int end) throws InterruptedException {
    Pruner pruner = settings.method().pruner();
    List<Integer> rungs = pruner.rungs(generation);
    List<FinishedTrial> earlier = earlier();
    List<Trial> trials = new ArrayList<>();
    for (int number = begin; number < end; number++) {
      trials.add(new Trial(number, settings.method().sampler().ask(number, earlier), rules));
    }
    // Where trials are given up for others, all of a generation are needed again.
    boolean allKnown = trials.stream().allMatch(this::isKnown);
    if (allKnown || rungs.isEmpty()) {
      trials.stream()
          .filter(this::isKnown)
          .map(trial -> Objects.requireNonNull(known.get(trial.number())))
          .forEach(this::end);
      trials.removeIf(this::isKnown);
    }
    List<Trial> running = List.copyOf(trials);
    for (int rung : rungs) {
      advance(running, Math.min(rung, settings.judging().epochs()), false);
      if (stopped.getAsBoolean()) {
        return;
      }
      prune(running, pruner.promoted(generation, rung, losses(running), earlier));
    }
    advance(running, settings.judging().epochs(), true);
  }

  private boolean isKnown(Trial trial) {
    TrialResult result = known.get(trial.number());
    return result != null && result.settings().equals(trial.values());
  }

  private void prune(List<Trial> trials, Set<Integer> promoted) {
    trials.stream()
        .filter(trial -> !trial.hasEnded() && !promoted.contains(trial.number()))
        .forEach(Trial::prune);
  }

  /** A trial that was given up before is not judged again. */
  private Map<Integer, Double> losses(List<Trial> trials) {
    Map<Integer, Double> losses = new LinkedHashMap<>();
    trials.stream()
        .filter(trial -> !trial.isPruned())
        .forEach(trial -> losses.put(trial.number(), loss(trial)));
    return losses;
  }

  private double loss(Trial trial) {
    return trial.hasFailed()
        ? Double.POSITIVE_INFINITY
        : settings.judging().monitor().loss(trial.best());
  }

  private void advance(List<Trial> trials, int until, boolean toTheEnd)
      throws InterruptedException {
    Map<Trial, Future<Optional<TrialResult>>> work = new LinkedHashMap<>();
    for (Trial trial : trials) {
      work.put(trial, threads.submit(() -> step(trial, until, toTheEnd)));
    }
    while (!work.isEmpty()) {
      Map.Entry<Trial, Future<Optional<TrialResult>>> next = work.entrySet().iterator().next();
      work.values().removeIf(this::isDone);
      if (work.containsKey(next.getKey())) {
        await(next.getValue());
      }
      tell(trials);
    }
  }

  private Optional<TrialResult> step(Trial trial, int until, boolean toTheEnd) {
    trial.advance(until, stopped);
    boolean isWhole = trial.hasEnded() || !stopped.getAsBoolean();
    return toTheEnd && isWhole ? Optional.of(trial.result()) : Optional.empty();
  }

  private boolean isDone(Future<Optional<TrialResult>> work) {
    if (!work.isDone()) {
      return false;
    }
    try {
      work.get().ifPresent(this::end);
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException("it is done", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a trial failed", e.getCause());
    }
  }

  private static void await(Future<?> work) throws InterruptedException {
    try {
      var unused = work.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return; // it is looked at again
    } catch (ExecutionException e) {
      throw new IllegalStateException("a trial failed", e.getCause());
    }
  }

  private void end(TrialResult result) {
    results.put(result.number(), result);
    listener.ended(result);
  }

  private void tell(List<Trial> trials) {
    listener.running(
        trials.stream()
            .filter(trial -> !trial.hasEnded() && trial.hasBegun())
            .sorted(Comparator.comparingInt(Trial::number))
            .map(trial -> new Running(trial.number(), trial.values(), trial.epochs(), trial.best()))
            .collect(Collectors.toList()));
  }

  private List<FinishedTrial> earlier() {
    return results.values().stream()
        .map(result -> result.finished(settings.judging().monitor()))
        .toList();
  }
}
