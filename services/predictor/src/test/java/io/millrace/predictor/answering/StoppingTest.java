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
  void stop_callsUnderWay_areAnswered() throws InterruptedException {
    try (RunningServer server = new RunningServer(TestModels.serving(TestModels.echo(1)))) {
      // Given: a connection, and calls on it that were let in
      GRPCInferenceServiceGrpcClient client = server.client();
      ModelInferRequest request = Requests.typed(1, 2, 3).build();
      RunningServer.await(client.modelInfer(request));
      List<Future<ModelInferResponse>> calls = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        calls.add(client.modelInfer(request));
      }
      while (server.ended(GrpcStatus.OK) < 2) {
        Thread.onSpinWait();
      }

      // When
      boolean stopped = server.service.stop(Duration.ofSeconds(10));

      // Then
      assertThat(stopped).isTrue();
      calls.forEach(call -> assertThat(RunningServer.await(call).getModelVersion()).isEqualTo("1"));
      assertThat(server.failures).isEmpty();
    }
  }
}
