package io.millrace.predictor.answering;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.predictor.following.HeldComputation;
import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.following.TestModels;
import io.millrace.proto.inference.GRPCInferenceServiceGrpcClient;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferResponse;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpConnection;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoppingTest {
  private static final int CALLS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * With one event loop, the port is closed before the first GOAWAY; with more, another may accept.
   */
  private static final Map<String, ?> OPTIONS = Map.of("event_loops", 1);

  private final ServedModel model = TestModels.held(1);
  private final HeldComputation inference = (HeldComputation) model.computation();
  private final ModelInferRequest request = Requests.typed(1, 2, 3).build();
  private RunningServer server;

  @BeforeEach
  void start() throws InterruptedException {
    server = new RunningServer(TestModels.serving(model), OPTIONS);
  }

  @AfterEach
  void stop() throws InterruptedException {
    inference.release();
    server.close();
    assertThat(server.failures).isEmpty();
  }

  @Test
  void stop_callsUnderWay_everyOneIsAnsweredAndLaterOnesAreTurnedAway() throws Exception {
    // Given: a server that infers one call and holds the others
    Promise<HttpConnection> leaving = Promise.promise();
    List<Future<ModelInferResponse>> calls = new ArrayList<>();
    calls.add(
        firstCall(connection -> connection.goAwayHandler(said -> leaving.complete(connection))));
    inference.awaitBegin();
    while (calls.size() < CALLS) {
      calls.add(server.client().modelInfer(request));
    }
    RunningServer.await(() -> waitingRows() == CALLS - 1);

    // When: it stops, and the client calls again after it has received the first GOAWAY
    CompletableFuture<Boolean> stopped = CompletableFuture.supplyAsync(this::stopped);
    RunningServer.roundTrip(RunningServer.await(leaving.future()));
    Future<ModelInferResponse> later = server.client().modelInfer(request);
    RunningServer.await(later.otherwiseEmpty());
    assertThat(calls).noneMatch(Future::isComplete);
    assertThat(stopped).isNotDone();
    inference.release();

    // Then
    for (Future<ModelInferResponse> call : calls) {
      assertThat(RunningServer.await(call).getModelVersion()).isEqualTo("1");
    }
    assertThat(later.cause()).matches(StoppingTest::isRefusal);
    assertThat(stopped.get(30, TimeUnit.SECONDS)).isTrue();
    assertThat(server.ended(GrpcStatus.OK)).isEqualTo(CALLS);
  }

  @Test
  void stop_clientInTheMidstOfCalling_isAnsweredOrToldThatACallWasNotBegun() throws Exception {
    // Given: calls at unknown stages
    inference.release();
    RunningServer.await(server.client().modelInfer(request));
    List<Future<ModelInferResponse>> calls = new ArrayList<>();
    while (calls.size() < CALLS) {
      calls.add(server.client().modelInfer(request));
    }

    // When
    boolean stopped = server.service.stop(PATIENCE);

    // Then
    assertThat(stopped).isTrue();
    calls.forEach(call -> RunningServer.await(call.otherwiseEmpty()));
    assertThat(calls)
        .filteredOn(Future::failed)
        .map(Future::cause)
        .allMatch(StoppingTest::isRefusal);
    long answered = calls.stream().filter(Future::succeeded).count();
    assertThat(server.ended(GrpcStatus.OK)).isEqualTo(1 + answered);
  }

  /** Sends a call whose connection is prepared first. */
  private Future<ModelInferResponse> firstCall(Handler<HttpConnection> onConnection) {
    return server
        .grpc
        .request(server.address(), GRPCInferenceServiceGrpcClient.ModelInfer)
        .compose(
            call -> {
              onConnection.handle(call.connection());
              return call.send(request).compose(GrpcClientResponse::last);
            });
  }

  /** Returns whether a call was certainly not executed, so that it may be sent elsewhere. */
  private static boolean isRefusal(Throwable failure) {
    return failure instanceof ConnectException
        || String.valueOf(failure.getMessage()).contains("GOAWAY");
  }

  private double waitingRows() {
    return server.metrics.registry().get("millrace.inference.queue.rows").gauge().value();
  }

  private boolean stopped() {
    try {
      return server.service.stop(PATIENCE);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
