package io.millrace.benchmarks.fuzz;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to a predictor over real connections, so many of a kind at a time, and holds every
 * answer against what it has to be. Everything but {@link #run} happens on one event loop.
 */
final class FuzzRun {
  private static final int WINDOW = 32;
  private static final int PARTS = 1000;
  private static final long PATIENCE_SECONDS = 60;

  private final RequestMutator mutator;
  private final Findings findings = new Findings();
  private final IntConsumer onProgress;
  private final int requests;
  private final Promise<Void> done = Promise.promise();
  private final List<Kind> kinds;
  private final Crowd crowd;
  private final Vertx vertx;
  private @Nullable Kind next;
  private int sent;
  private int answered;

  /**
   * @param onProgress hears of every hundredth part that is done
   */
  FuzzRun(Vertx vertx, int port, int requests, long seed, IntConsumer onProgress) {
    this.vertx = vertx;
    this.requests = requests;
    this.mutator = new RequestMutator(seed);
    this.onProgress = onProgress;
    Wire wire = new Wire(vertx, port);
    this.crowd = new Crowd(wire, findings);
    this.kinds =
        List.of(
            new Kind(520, new UnarySender(vertx, port, findings)),
            new Kind(130, new StreamSender(vertx, port, findings)),
            new Kind(100, new RestSender(vertx, port, findings)),
            new Kind(40, new BrokenFrameSender(vertx, port, findings)),
            new Kind(170, new HttpSender(wire, findings)),
            new Kind(30, new Http2Sender(wire, findings)),
            new Kind(10, new SlowSender(wire, findings)));
  }

  Findings run() {
    Context eventLoop = vertx.getOrCreateContext();
    eventLoop.runOnContext(nothing -> fill());
    done.future().compose(nothing -> crowd.come()).toCompletionStage().toCompletableFuture().join();
    return findings;
  }

  private void fill() {
    while (sent < requests) {
      Kind kind = next == null ? draw() : next;
      next = kind;
      if (kind.waiting == kind.sender.window()) {
        return;
      }
      next = null;
      send(kind);
    }
  }

  private Kind draw() {
    int part = mutator.below(PARTS);
    int index = 0;
    while (part >= kinds.get(index).parts) {
      part -= kinds.get(index++).parts;
    }
    return kinds.get(index);
  }

  private void send(Kind kind) {
    sent++;
    kind.waiting++;
    kind.sender
        .send(mutator)
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .onFailure(failure -> findings.problem("no answer: " + failure))
        .onComplete(nothing -> vertx.runOnContext(again -> answered(kind)));
  }

  private void answered(Kind kind) {
    kind.waiting--;
    answered++;
    if (answered % Math.max(1, requests / 100) == 0) {
      onProgress.accept(answered);
    }
    if (answered == requests) {
      done.complete();
    } else {
      fill();
    }
  }

  /** Sends one kind of request. */
  interface Sender {
    /** Sends a request; the future ends when its answer was looked at, and fails without one. */
    Future<Void> send(RequestMutator mutator);

    /** Returns how many may wait for their end at a time. */
    default int window() {
      return WINDOW;
    }
  }

  /** A kind of request, of which there are so many parts of all. */
  private static final class Kind {
    private final int parts;
    private final Sender sender;
    private int waiting;

    Kind(int parts, Sender sender) {
      this.parts = parts;
      this.sender = sender;
    }
  }
}
