package io.millrace.benchmarks.fuzz;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Sends requests to a predictor over real connections, a window of them at a time, and holds every
 * answer against what it has to be. Everything but {@link #run} happens on one event loop.
 */
final class FuzzRun {
  private static final int WINDOW = 64;
  private static final long PATIENCE_SECONDS = 20;

  private final RequestMutator mutator;
  private final Findings findings = new Findings();
  private final IntConsumer onProgress;
  private final int requests;
  private final Promise<Void> done = Promise.promise();
  private final List<Sender> senders;
  private final Vertx vertx;
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
    this.senders =
        List.of(
            new UnarySender(vertx, port, findings),
            new StreamSender(vertx, port, findings),
            new RestSender(vertx, port, findings),
            new BrokenFrameSender(vertx, port, findings));
  }

  Findings run() {
    Context eventLoop = vertx.getOrCreateContext();
    eventLoop.runOnContext(nothing -> fill());
    done.future().toCompletionStage().toCompletableFuture().join();
    return findings;
  }

  private void fill() {
    while (sent < requests && sent - answered < WINDOW) {
      sent++;
      Future<Void> answer;
      int kind = mutator.below(100);
      if (kind < 70) {
        answer = senders.get(0).send(mutator);
      } else if (kind < 85) {
        answer = senders.get(1).send(mutator);
      } else if (kind < 96) {
        answer = senders.get(2).send(mutator);
      } else {
        answer = senders.get(3).send(mutator);
      }
      answer
          .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .onFailure(failure -> findings.problem("no answer: " + failure))
          .onComplete(nothing -> vertx.runOnContext(again -> answered()));
    }
  }

  private void answered() {
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
  }
}
