package io.millrace.predictor.answering;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.predictor.following.TestModels;
import io.millrace.proto.inference.GRPCInferenceServiceGrpcClient;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferResponse;
import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoppingTest {
  private static final int CALLS = 8;

  @Test
  void stop_callsUnderWay_everyOneThatWasLetInIsAnswered() throws InterruptedException {
    try (RunningServer server = new RunningServer(TestModels.serving(TestModels.echo(1)))) {
      // Given: a connection with calls on their way
      GRPCInferenceServiceGrpcClient client = server.client();
      ModelInferRequest request = Requests.typed(1, 2, 3).build();
      RunningServer.await(client.modelInfer(request));
      List<Future<ModelInferResponse>> calls = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        calls.add(client.modelInfer(request));
      }
      // All are sent by then: what a client writes to a connection that is closed breaks a pipe.
      while (server.ended(GrpcStatus.OK) < CALLS) {
        Thread.onSpinWait();
      }

      // When
      boolean stopped = server.service.stop(Duration.ofSeconds(10));

      // Then: the others were turned away as not begun, which a client may send elsewhere
      assertThat(stopped).isTrue();
      calls.forEach(call -> RunningServer.await(call.otherwiseEmpty()));
      long answered =
          calls.stream().filter(Future::succeeded).filter(StoppingTest::isWhole).count();
      // A call that crossed GOAWAY may be answered as well; its caller does not listen any more.
      assertThat(server.ended(GrpcStatus.OK)).isGreaterThanOrEqualTo(1 + answered);
      assertThat(calls)
          .filteredOn(Future::failed)
          .allSatisfy(call -> assertThat(call.cause()).hasMessageContaining("GOAWAY"));
      assertThat(server.failures).isEmpty();
    }
  }

  private static boolean isWhole(Future<ModelInferResponse> call) {
    return call.result().getModelVersion().equals("1");
  }
}
