package io.millrace.predictor.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.predictor.Logged;
import io.millrace.predictor.answering.Requests;
import io.millrace.predictor.answering.RunningServer;
import io.millrace.predictor.following.HeldComputation;
import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.following.ServedModels;
import io.millrace.predictor.following.TestModels;
import io.millrace.proto.inference.GRPCInferenceServiceGrpcClient;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferResponse;
import io.millrace.proto.inference.ModelStreamInferResponse;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamInferTest {
  /** How many messages of a paused call Vert.x queues before it pauses the request. */
  private static final int VERTX_QUEUE = 16;

  private final BlockingQueue<ModelStreamInferResponse> heard = new LinkedBlockingQueue<>();
  private final CompletableFuture<GrpcStatus> ended = new CompletableFuture<>();
  private final ServedModels models = TestModels.serving(TestModels.echo(6), TestModels.echo(7));

  @AutoClose private RunningServer server;

  @BeforeEach
  void start() throws InterruptedException {
    server = new RunningServer(models);
  }

  @Test
  void modelStreamInfer_manyRequests_areAnsweredInTheirOrder() throws Exception {
    GrpcClientRequest<ModelInferRequest, ModelStreamInferResponse> stream = open();
    int count = 500; // more than a stream holds at once

    for (int i = 0; i < count; i++) {
      RunningServer.await(stream.write(numbered(i)));
    }
    RunningServer.await(stream.end());

    List<String> ids = new ArrayList<>();
    for (ModelStreamInferResponse answer : heard(count)) {
      ids.add(answer.getInferResponse().getId());
      assertThat(answer.getErrorMessage()).isIn("", EXHAUSTED);
    }
    assertThat(ids).hasSize(count).isEqualTo(numbers(count));
    assertThat(ended.get(10, TimeUnit.SECONDS)).isEqualTo(GrpcStatus.OK);
  }

  private static final String EXHAUSTED =
      "more rows wait than serving.queue_capacity allows; try again later";

  @Test
  void modelStreamInfer_refusedRequest_isToldAndTheStreamGoesOn() throws Exception {
    GrpcClientRequest<ModelInferRequest, ModelStreamInferResponse> stream = open();

    RunningServer.await(stream.write(Requests.to("other").setId("bad").build()));
    RunningServer.await(stream.write(Requests.typed(1, 2, 3).setId("good").build()));

    ModelStreamInferResponse refused = heard(1).get(0);
    assertThat(refused.getErrorMessage())
        .isEqualTo("model 'other' is unknown; this server has [echo]");
    assertThat(refused.getInferResponse().getId()).isEqualTo("bad");
    ModelInferResponse answer = heard(1).get(0).getInferResponse();
    assertThat(answer.getModelVersion()).isEqualTo("7");
    assertThat(answer.getOutputs(2).getContents().getFp32Contents(0)).isEqualTo(6);
    assertThat(answer.getParametersOrThrow("triton_final_response").getBoolParam()).isTrue();
    assertThat(answer.getParametersOrThrow("staleness_seconds").getDoubleParam()).isEqualTo(3);
    RunningServer.await(stream.end());
  }

  @Test
  void modelStreamInfer_serverStops_endsUnavailableAndHoldsNothingUp() throws Exception {
    GrpcClientRequest<ModelInferRequest, ModelStreamInferResponse> stream = open();
    RunningServer.await(stream.write(numbered(1)));
    heard(1);

    assertThat(server.service.stop(Duration.ofSeconds(10))).isTrue();

    assertThat(ended.get(10, TimeUnit.SECONDS)).isEqualTo(GrpcStatus.UNAVAILABLE);
  }

  @Test
  void modelStreamInfer_callerEndsWhileItIsNotReadFrom_isAnsweredWhole() throws Exception {
    // Given: the most unanswered requests that a stream holds, and as many more as Vert.x queues
    ServedModel held = TestModels.held(8);
    HeldComputation inference = (HeldComputation) held.computation();
    TestModels.publish(models, held);
    GrpcClientRequest<ModelInferRequest, ModelStreamInferResponse> stream = open();
    int count = InferStream.MAX_UNANSWERED + VERTX_QUEUE - 1;
    try (Logged logged = new Logged("io")) {
      for (int i = 0; i < count; i++) {
        RunningServer.await(stream.write(numbered(i)));
      }

      // When: the end fills that queue, and only then an answer is ready
      RunningServer.await(stream.end());
      RunningServer.roundTrip(stream.connection());
      inference.release();

      // Then
      assertThat(heard(count))
          .map(answer -> answer.getInferResponse().getId())
          .isEqualTo(numbers(count));
      assertThat(ended.get(10, TimeUnit.SECONDS)).isEqualTo(GrpcStatus.OK);
      assertThat(logged.lines()).isEmpty();
    }
  }

  private GrpcClientRequest<ModelInferRequest, ModelStreamInferResponse> open() {
    GrpcClientRequest<ModelInferRequest, ModelStreamInferResponse> request =
        RunningServer.await(
            server.grpc.request(server.address(), GRPCInferenceServiceGrpcClient.ModelStreamInfer));
    request.response().onSuccess(this::listen).onFailure(ended::completeExceptionally);
    return request;
  }

  private void listen(GrpcClientResponse<?, ModelStreamInferResponse> response) {
    response.handler(heard::add);
    response.endHandler(nothing -> ended.complete(response.status()));
    response.exceptionHandler(ended::completeExceptionally);
  }

  private List<ModelStreamInferResponse> heard(int count) throws InterruptedException {
    List<ModelStreamInferResponse> answers = new ArrayList<>();
    while (answers.size() < count) {
      ModelStreamInferResponse answer = heard.poll(10, TimeUnit.SECONDS);
      assertThat(answer).as("answer %d of %d", answers.size(), count).isNotNull();
      answers.add(answer);
    }
    return answers;
  }

  private static ModelInferRequest numbered(int number) {
    return Requests.typed(1, 2, number).setId(Integer.toString(number)).build();
  }

  private static List<String> numbers(int count) {
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(Integer.toString(i));
    }
    return numbers;
  }
}
