package io.millrace.predictor.grpc;

import io.millrace.predictor.requests.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.CodecException;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.function.Consumer;

/**
 * Reads the single request of a call. Later messages are ignored, and a call without a message is
 * refused. Confined to the call's event loop.
 */
final class OneRequest<Q> implements GrpcListener {
  private final GrpcServerRequest<Q, ?> call;
  private final GrpcMessageDecoder<Q> decoder;
  private final Consumer<Q> onRequest;
  private final Runnable onGone;
  private boolean came;

  /**
   * @param onRequest takes the request; not called once the call has ended
   * @param onGone runs when the call ends early
   */
  OneRequest(
      GrpcServerRequest<Q, ?> call,
      GrpcMessageDecoder<Q> decoder,
      Consumer<Q> onRequest,
      Runnable onGone) {
    this.call = call;
    this.decoder = decoder;
    this.onRequest = onRequest;
    this.onGone = onGone;
  }

  @Override
  public void received(Buffer message) {
    if (came) {
      return;
    }
    Q request;
    try {
      request = decoder.decode(GrpcMessage.message("identity", call.format(), message));
    } catch (CodecException e) {
      received(Refusal.invalid("the message cannot be read: " + reason(e)));
      return;
    }
    onRequest.accept(request); // if this throws, a refusal follows
    came = true;
  }

  @Override
  public void received(Refusal unreadable) {
    if (!came) {
      came = true;
      StatusMessage.refuse(call.response(), unreadable);
    }
  }

  @Override
  public void sentEverything() {
    received(Refusal.invalid("the call ended without a message"));
  }

  @Override
  public void gone(GrpcStatus status) {
    came = true;
    onGone.run();
  }

  private static String reason(CodecException failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return String.valueOf(cause.getMessage());
  }
}
