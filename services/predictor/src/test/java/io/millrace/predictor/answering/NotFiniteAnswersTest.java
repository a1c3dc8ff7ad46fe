package io.millrace.predictor.answering;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.predictor.following.TestModels;
import io.millrace.proto.inference.ModelInferResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.grpc.common.GrpcStatus;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Finite inputs that make the model's numbers overflow: they have no answer. */
class NotFiniteAnswersTest {
  private static final float HUGE = 3.4e38f;
  private static final String REASON =
      "output 'sum' is not finite in row 0, column 0: the inputs are too large for the model";

  @AutoClose private static RunningServer server;

  @BeforeAll
  static void start() throws InterruptedException {
    server = new RunningServer(TestModels.serving(TestModels.echo(7)));
  }

  @Test
  void modelInfer_overflow_isRefusedAndNamesTheOutput() {
    RunningServer.Answer<ModelInferResponse> answer =
        server.infer(Requests.typed(HUGE, HUGE, HUGE));

    assertThat(answer.status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
    assertThat(answer.reason()).isEqualTo(REASON);
  }

  @Test
  void modelInfer_overflowInAnOutputThatIsNotWanted_isAnswered() {
    ModelInferResponse answer =
        server
            .infer(Requests.typed(HUGE, HUGE, HUGE).addOutputs(Requests.requested("choice_class")))
            .ok();

    assertThat(answer.getOutputs(0).getContents().getBytesContents(0).toStringUtf8())
        .isEqualTo("no");
  }

  @Test
  void rest_overflow_isAnErrorAndNoTextInTheData() {
    String body =
        """
        {"inputs": [
          {"name": "pair", "datatype": "FP32", "shape": [1, 2], "data": [3.4e38, 3.4e38]},
          {"name": "c", "datatype": "FP32", "shape": [1], "data": [3.4e38]}]}
        """;

    RunningServer.HttpAnswer answer = server.http(HttpMethod.POST, "/v2/models/echo/infer", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().toJsonObject().getString("error")).isEqualTo(REASON);
  }
}
