package io.millrace.benchmarks.fuzz;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to a predictor over real connections, a limited number of each kind at a time, and
 * checks every answer. Everything except {@link #run} happens on one event loop.
 */
final class FuzzRun {
  private static final int WINDOW = 32;
  private static final int PARTS = 1000;
  private static final int TENTHS = 10;
  private static final long PATIENCE_SECONDS = 60;

  private final IntFunction<RequestMutator> mutators;
  private final Findings findings = new Findings();
  private final IntConsumer onRest;
  private final int requests;
  private final Promise<Void> done = Promise.promise();
  private final List<Kind> kinds;
  private final Crowd crowd;
  private final Vertx vertx;
  private @Nullable Drawn next;
  private int sent;
  private int answered;

  /** The number of requests that may be sent before all of them must be answered. */
  private int rest;

  /**
   * @param mutators creates the request of each number
   * @param onRest takes the number of answered requests, after each tenth of all, while none is in
   *     flight
   */
  FuzzRun(
      Vertx vertx,
      int port,
      int requests,
      IntFunction<RequestMutator> mutators,
      IntConsumer onRest) {
    this.vertx = vertx;
    this.requests = requests;
    this.mutators = mutators;
    this.onRest = onRest;
    this.rest = Math.max(1, requests / TENTHS);
    Wire wire = new Wire(vertx, port);
    this.crowd = new Crowd(wire, findings);
    this.kinds =
        List.of(
            new Kind("unary", 520, new UnarySender(vertx, port, findings)),
            new Kind("stream", 130, new StreamSender(vertx, port, findings)),
            new Kind("rest", 100, new RestSender(vertx, port, findings)),
            new Kind("frames", 40, new BrokenFrameSender(vertx, port, findings)),
            new Kind("http", 170, new HttpSender(wire, findings)),
            new Kind("http2", 30, new Http2Sender(wire, findings)),
            new Kind("held", 10, new SlowSender(wire, findings)));
  }

  Findings run() {
    Context eventLoop = vertx.getOrCreateContext();
    eventLoop.runOnContext(nothing -> fill());
    done.future().compose(nothing -> crowd.come()).toCompletionStage().toCompletableFuture().join();
    return findings;
  }

  private void fill() {
    while (sent < rest) {
      Drawn drawn = next == null ? draw(mutators.apply(sent)) : next;
      next = drawn;
      if (drawn.kind.waiting == drawn.kind.sender.window()) {
        return;
      }
      next = null;
      send(drawn, sent++);
    }
  }

  private Drawn draw(RequestMutator mutator) {
    int part = mutator.below(PARTS);
    int index = 0;
    while (part >= kinds.get(index).parts) {
      part -= kinds.get(index++).parts;
    }
    return new Drawn(kinds.get(index), mutator);
  }

  private void send(Drawn drawn, int number) {
    Kind kind = drawn.kind;
    kind.waiting++;
    long sinceNanos = System.nanoTime();
    kind.sender
        .send(drawn.mutator)
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .otherwise(failure -> "no answer: " + failure)
        .onComplete(
            looked ->
                vertx.runOnContext(
                    again -> {
                      findings.took(kind.name, Duration.ofNanos(System.nanoTime() - sinceNanos));
                      looked(kind, number, looked.result());
                    }));
  }

  private void looked(Kind kind, int number, @Nullable String problem) {
    if (problem != null) {
      findings.problem("request %d, %s: %s".formatted(number, kind.name, problem));
    }
    answered(kind);
  }

  private void answered(Kind kind) {
    kind.waiting--;
    answered++;
    if (answered == rest) {
      onRest.accept(answered);
      rest = Math.min(requests, rest + Math.max(1, requests / TENTHS));
    }
    if (answered == requests) {
      done.complete();
    } else {
      fill();
    }
  }

  /** Sends one kind of request. */
  interface Sender {
    /**
     * Sends a request. The future completes once its answer is checked, with the problem or null,
     * and fails if there is no answer.
     */
    Future<@Nullable String> send(RequestMutator mutator);

    /** Returns how many requests may be in flight at a time. */
    default int window() {
      return WINDOW;
    }
  }

  /** A request that waits to be sent. */
  private record Drawn(Kind kind, RequestMutator mutator) {}

  /** A kind of request, with its share of all requests in parts of {@value #PARTS}. */
  private static final class Kind {
    private final String name;
    private final int parts;
    private final Sender sender;
    private int waiting;

    Kind(String name, int parts, Sender sender) {
      this.name = name;
      this.parts = parts;
      this.sender = sender;
    }
  }
}
