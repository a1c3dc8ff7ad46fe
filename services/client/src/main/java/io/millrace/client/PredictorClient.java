package io.millrace.client;

import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Calls predictors over gRPC by the Open Inference Protocol v2.
 *
 * <p>If a predictor is unavailable, goes away or cannot be reached, the call is repeated: first at
 * the next address, then with growing waits. Predictions change nothing, so repeating one does no
 * harm. Any other refusal is final. Safe for any thread; it has its own event loop.
 */
public final class PredictorClient implements AutoCloseable {
  private static final long CLOSE_SECONDS = 10;

  private final ClientOptions options;
  private final Vertx vertx = Vertx.vertx(vertxOptions());
  private final Connections connections;

  /**
   * Creates a client, which connects on the first call.
   *
   * @throws IllegalArgumentException if a file of {@link Tls} cannot be used
   */
  public PredictorClient(ClientOptions options) {
    this.options = options;
    this.connections = new Connections(vertx, options);
  }

  /**
   * Predicts, and blocks until the answer. Must not be called on an event loop.
   *
   * @throws RefusedException if the predictor answers without a prediction
   * @throws IOException if no predictor can be reached, or none answers in time
   */
  public Prediction predict(PredictionRequest request) throws IOException {
    try {
      return submit(request).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RefusedException refused) {
        throw refused;
      }
      if (e.getCause() instanceof IOException unreachable) {
        throw unreachable;
      }
      throw new IllegalStateException("asking failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /**
   * Predicts without blocking. The future has the prediction, or fails as {@link #predict} does.
   * Its dependent stages run on the client's event loop and must not block.
   */
  public CompletableFuture<Prediction> submit(PredictionRequest request) {
    Call call = new Call(request.message(), System.nanoTime() + options.deadline().toNanos());
    return attempt(call, 1)
        .map(PredictionReader::read)
        .timeout(options.deadline().toMillis(), TimeUnit.MILLISECONDS)
        .recover(failure -> Future.failedFuture(told(failure, call)))
        .toCompletionStage()
        .toCompletableFuture();
  }

  /** Closes the connections. Calls in flight fail. */
  @Override
  public void close() {
    try {
      vertx.close().await(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "the client of " + options.addresses() + " did not close in " + CLOSE_SECONDS + " s", e);
    }
  }

  private Future<ModelInferResponse> attempt(Call call, int attempt) {
    int asked = connections.current();
    return connections
        .send(asked, call.message(), call.millisLeft())
        .recover(
            failure -> {
              connections.avoid(asked);
              return isTransient(failure) && attempt < options.attempts()
                  ? retry(call, attempt, failure)
                  : Future.failedFuture(failure);
            });
  }

  private Future<ModelInferResponse> retry(Call call, int attempts, Throwable failure) {
    int rounds = attempts / options.addresses().size();
    boolean isRoundOver = attempts % options.addresses().size() == 0;
    if (!isRoundOver) {
      return attempt(call, attempts + 1);
    }
    long wait = Backoff.millis(rounds);
    return wait < call.millisLeft()
        ? vertx.timer(wait, TimeUnit.MILLISECONDS).compose(now -> attempt(call, attempts + 1))
        : Future.failedFuture(failure);
  }

  private static boolean isTransient(Throwable failure) {
    if (failure instanceof RefusedException refused) {
      return refused.status() == GrpcStatus.UNAVAILABLE;
    }
    // A transport failure: no connection, a closed one, or a stream refused by GOAWAY.
    return !(failure instanceof SSLException);
  }

  private Throwable told(Throwable failure, Call call) {
    String where = "no answer from " + connections.names();
    if (isLate(failure) || call.millisLeft() <= 0) {
      return new NoAnswerException(where + " in " + options.deadline().toMillis() + " ms", failure);
    }
    return failure instanceof RefusedException
        ? failure
        : new NoAnswerException(where + ": " + failure.getMessage(), failure);
  }

  private static boolean isLate(Throwable failure) {
    return failure instanceof TimeoutException
        || (failure instanceof RefusedException refused
            && refused.status() == GrpcStatus.DEADLINE_EXCEEDED);
  }

  private static VertxOptions vertxOptions() {
    // Nothing is served from files, so no cache folder is needed.
    FileSystemOptions noCache =
        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
    return new VertxOptions().setEventLoopPoolSize(1).setFileSystemOptions(noCache);
  }

  /** An RPC, over all its attempts. */
  private record Call(ModelInferRequest message, long deadlineNanos) {
    long millisLeft() {
      return TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
    }
  }
}
