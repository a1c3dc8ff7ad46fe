package io.millrace.predictor.answering;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;

/**
 * A request that may be paused and resumed when all of it has come, too. Messages of a call that is
 * paused wait in Vert.x' gRPC, which pauses the request when they are many and resumes it when they
 * are few; Vert.x' HTTP throws where that is after the end.
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
