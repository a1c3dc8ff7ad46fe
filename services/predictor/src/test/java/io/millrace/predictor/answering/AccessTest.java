package io.millrace.predictor.answering;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.predictor.answering.RunningServer.Answer;
import io.millrace.predictor.following.TestModels;
import io.millrace.proto.inference.GRPCInferenceServiceGrpcClient;
import io.millrace.proto.inference.ModelInferResponse;
import io.millrace.proto.inference.RepositoryIndexRequest;
import io.millrace.proto.inference.ServerLiveRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may call what, on real sockets. */
class AccessTest {
  @TempDir private static Path folder;
  @AutoClose private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    Path tokens = Files.writeString(folder.resolve("tokens"), "infer abc\nadmin xyz\n");
    server =
        new RunningServer(
            TestModels.serving(TestModels.echo(7)),
            Map.of("authentication", Map.of("tokens", tokens.toString())));
  }

  @Test
  void modelInfer_noToken_isUnauthenticated() {
    assertThat(infer("").status()).isEqualTo(GrpcStatus.UNAUTHENTICATED);
    assertThat(infer("").reason()).isEqualTo("a bearer token is needed");
  }

  @Test
  void modelInfer_wrongToken_isUnauthenticated() {
    assertThat(infer("Bearer abd").status()).isEqualTo(GrpcStatus.UNAUTHENTICATED);
  }

  @Test
  void modelInfer_listedToken_isAnswered() {
    assertThat(infer("Bearer abc").ok().getModelVersion()).isEqualTo("7");
  }

  @Test
  void repositoryIndex_tokenForInference_isDenied() {
    assertThat(index("Bearer abc").status()).isEqualTo(GrpcStatus.PERMISSION_DENIED);
    assertThat(index("Bearer xyz").status()).isEqualTo(GrpcStatus.OK);
  }

  @Test
  void serverLive_noToken_isAnswered() {
    assertThat(
            server
                .call(
                    GRPCInferenceServiceGrpcClient.ServerLive,
                    ServerLiveRequest.getDefaultInstance())
                .status())
        .isEqualTo(GrpcStatus.OK);
    assertThat(rest("/livez", "")).isEqualTo(200);
    assertThat(rest("/v2/health/ready", "")).isEqualTo(200);
  }

  @Test
  void rest_byToken_isAnsweredOrDenied() {
    assertThat(rest("/v2/models/echo", "")).isEqualTo(401);
    assertThat(rest("/v2/models/echo", "Bearer abc")).isEqualTo(200);
  }

  @Test
  void rest_routesOfOperatorsHoweverWritten_needTheirRole() {
    for (String path :
        List.of(
            "/metrics",
            "/metrics/",
            "//metrics",
            "/%6detrics",
            "/v2/models/echo/stats",
            "/v2/models/echo/st%61ts",
            "/v2/models/echo/../echo/stats/",
            "/v2/models/stats")) {
      assertThat(rest(path, "Bearer abc")).as(path).isIn(403, 404);
      assertThat(rest(path, "")).as(path).isEqualTo(401);
    }
    assertThat(rest("/metrics", "Bearer xyz")).isEqualTo(200);
    assertThat(rest("/v2/models/echo/stats", "Bearer xyz")).isEqualTo(200);
  }

  private static Answer<ModelInferResponse> infer(String authorization) {
    return server.call(
        GRPCInferenceServiceGrpcClient.ModelInfer, Requests.typed(1, 2, 3).build(), authorization);
  }

  private static Answer<?> index(String authorization) {
    return server.call(
        GRPCInferenceServiceGrpcClient.RepositoryIndex,
        RepositoryIndexRequest.getDefaultInstance(),
        authorization);
  }

  private static int rest(String path, String authorization) {
    return server.http(HttpMethod.GET, path, "", authorization).status();
  }
}
