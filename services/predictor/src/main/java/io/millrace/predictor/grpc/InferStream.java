package io.millrace.predictor.grpc;

import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.inference.AnsweringMetrics;
import io.millrace.predictor.inference.Caller;
import io.millrace.predictor.inference.OpenInference;
import io.millrace.predictor.inference.PendingCall;
import io.millrace.predictor.requests.Refusal;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferResponse;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call of ModelStreamInfer [1]. Answers and refusals are sent in the order of the requests.
 *
 * <p>Reading pauses while answers are outstanding or the caller does not read them, so a stream
 * holds at most {@value #MAX_UNANSWERED} requests. Confined to the call's event loop.
 *
 * <p>[1] Generate and stream inference, triton-inference-server/common, grpc_service.proto.
 */
final class InferStream implements GrpcListener {
  static final int MAX_UNANSWERED = 128;

  private final GrpcServerRequest<Buffer, Buffer> call;
  private final OpenInference protocol;
  private final Context eventLoop;
  private final AnsweringMetrics metrics;
  private final LongCalls open;
  private final Runnable stop = this::stop;
  private final Deque<Turn> unanswered = new ArrayDeque<>();
  private final long endNanos;
  private boolean paused;
  private boolean sentEverything;
  private boolean stopping;
  private boolean over;

  InferStream(
      GrpcServerRequest<Buffer, Buffer> call,
      OpenInference protocol,
      Context eventLoop,
      AnsweringMetrics metrics,
      LongCalls open) {
    this.call = call;
    this.protocol = protocol;
    this.eventLoop = eventLoop;
    this.metrics = metrics;
    this.open = open;
    this.endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(call.timeout());
  }

  /** Registers the stream for the stop of the server, and for room in the write queue. */
  void start() {
    open.add(call.connection(), stop);
    call.response().drainHandler(nothing -> flush());
  }

  @Override
  public void received(Buffer message) {
    if (over || stopping) {
      return;
    }
    Turn turn = new Turn();
    unanswered.add(turn);
    try {
      ModelInferRequest request = GrpcEndpoint.parse(message);
      turn.request = request;
      protocol.infer(request, timeoutNanos(), turn);
    } catch (IOException e) {
      turn.refuse(Refusal.invalid("the message is no ModelInferRequest: " + e.getMessage()));
    }
    readOrPause();
  }

  private long timeoutNanos() {
    return call.timeout() > 0 ? Math.max(0, endNanos - System.nanoTime()) : PendingCall.NO_DEADLINE;
  }

  @Override
  public void sentEverything() {
    sentEverything = true;
    flush();
  }

  /** Ends the stream, because later messages cannot be told apart. */
  @Override
  public void received(Refusal unreadable) {
    if (!over) {
      end(unreadable.status());
      StatusMessage.refuse(call.response(), unreadable);
    }
  }

  @Override
  public void gone(GrpcStatus status) {
    end(status);
  }

  /** Answers the requests received so far and reads no more. */
  private void stop() {
    stopping = true;
    flush();
  }

  /** Writes the answers that are ready, in the order of the requests. */
  private void flush() {
    while (!over && !unanswered.isEmpty() && unanswered.element().answer != null) {
      Buffer answer = unanswered.remove().answer;
      call.response().write(answer).onFailure(StatusMessage::unsent);
    }
    if (!over && unanswered.isEmpty() && (sentEverything || stopping)) {
      close();
    }
    readOrPause();
  }

  private void close() {
    end(GrpcStatus.OK);
    if (sentEverything) {
      call.response().end().onFailure(StatusMessage::unsent);
      return;
    }
    call.response()
        .status(GrpcStatus.UNAVAILABLE)
        .statusMessage("the server stops")
        .end()
        .onSuccess(nothing -> call.response().cancel()) // closes the caller's half too
        .onFailure(StatusMessage::unsent);
  }

  private void readOrPause() {
    if (over) {
      return; // the response can no longer be queried
    }
    boolean full = unanswered.size() >= MAX_UNANSWERED || call.response().writeQueueFull();
    if (full && !paused) {
      paused = true;
      call.pause();
    } else if (!full && paused) {
      paused = false;
      call.resume();
    }
  }

  private void end(GrpcStatus status) {
    if (!over) {
      over = true;
      open.remove(call.connection(), stop);
      unanswered.forEach(turn -> turn.end(status));
      unanswered.clear();
    }
  }

  /** A request of the stream, and its answer. */
  private final class Turn extends Caller {
    private ModelInferRequest request = ModelInferRequest.getDefaultInstance();
    private @Nullable Buffer answer;

    Turn() {
      super(InferStream.this.eventLoop, InferStream.this.metrics);
      traceGrpc(call.headers(), "ModelStreamInfer");
    }

    @Override
    protected void send(ServedModel model, ModelInferResponse response) {
      answer = AnswerEncoder.streamed(model, response);
      flush();
    }

    @Override
    protected void send(Refusal refusal) {
      ModelInferResponse about =
          ModelInferResponse.newBuilder()
              .setId(request.getId())
              .setModelName(request.getModelName())
              .setModelVersion(request.getModelVersion())
              .build();
      answer = AnswerEncoder.streamed(refusal, about);
      flush();
    }
  }
}
