package io.millrace.predictor.answering;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;

/**
 * A request that may still be paused and resumed after it has ended. Vert.x gRPC queues the
 * messages of a paused call; it pauses the request when the queue is long and resumes it when it is
 * short. Vert.x HTTP throws if either happens after the end of the request.
 */
final class PausableRequest extends HttpServerRequestWrapper {
  PausableRequest(HttpServerRequest request) {
    super((HttpServerRequestInternal) request);
  }

  @Override
  public HttpServerRequest pause() {
    return isEnded() ? this : super.pause();
  }

  @Override
  public HttpServerRequest resume() {
    return isEnded() ? this : super.resume();
  }

  @Override
  public HttpServerRequest fetch(long amount) {
    return isEnded() ? this : super.fetch(amount);
  }
}
