package io.millrace.predictor.answering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.predictor.following.ServedModels;
import io.millrace.predictor.following.TestModels;
import io.millrace.proto.inference.DataType;
import io.millrace.proto.inference.GRPCInferenceServiceGrpcClient;
import io.millrace.proto.inference.ModelConfig;
import io.millrace.proto.inference.ModelConfigRequest;
import io.millrace.proto.inference.ModelInput;
import io.millrace.proto.inference.ModelOutput;
import io.millrace.proto.inference.ModelReadyRequest;
import io.millrace.proto.inference.ModelStatistics;
import io.millrace.proto.inference.ModelStatisticsRequest;
import io.millrace.proto.inference.RepositoryIndexRequest;
import io.millrace.proto.inference.RepositoryIndexResponse;
import io.millrace.proto.inference.ServerMetadataRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.grpc.common.GrpcStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The requests of Triton's clients besides predictions. */
class CatalogTest {
  @AutoClose private static RunningServer server;

  @BeforeAll
  static void start() throws InterruptedException {
    server = new RunningServer(TestModels.serving(TestModels.echo(6), TestModels.echo(7)));
  }

  @Test
  void serverMetadata_always_namesTheExtensions() {
    assertThat(
            server
                .call(
                    GRPCInferenceServiceGrpcClient.ServerMetadata,
                    ServerMetadataRequest.getDefaultInstance())
                .ok()
                .getExtensionsList())
        .contains("binary_tensor_data", "model_configuration", "statistics");
  }

  @Test
  void modelConfig_servedModel_saysHowItIsRun() {
    ModelConfig config =
        server
            .call(
                GRPCInferenceServiceGrpcClient.ModelConfig,
                ModelConfigRequest.newBuilder().setName("echo").build())
            .ok()
            .getConfig();

    assertThat(config.getName()).isEqualTo("echo");
    assertThat(config.getMaxBatchSize()).isEqualTo(4);
    assertThat(config.getInputList())
        .extracting(ModelInput::getName, ModelInput::getDataType, ModelInput::getDimsList)
        .containsExactly(
            tuple("pair", DataType.TYPE_FP32, List.of(2L)),
            tuple("c", DataType.TYPE_FP32, List.of(1L)));
    assertThat(config.getOutputList())
        .extracting(ModelOutput::getDataType)
        .containsExactly(DataType.TYPE_FP32, DataType.TYPE_STRING, DataType.TYPE_FP32);
    assertThat(config.getDynamicBatching().getPriorityLevels()).isEqualTo(3);
    assertThat(config.getParametersOrThrow("trained_records").getStringValue()).isEqualTo("15");
  }

  @Test
  void modelReady_staleModel_isAsReadyAsTheServer() throws InterruptedException {
    ModelReadyRequest newest = ModelReadyRequest.newBuilder().setName("echo").build();
    ModelReadyRequest numbered = newest.toBuilder().setVersion("1").build();
    try (RunningServer stale = new RunningServer(TestModels.serving(TestModels.echo(1)))) {
      assertThat(ready(stale, newest)).isTrue();

      stale.health.notReady("model echo", "version 1 was made long ago");

      assertThat(ready(stale, newest)).isFalse();
      assertThat(ready(stale, numbered)).isTrue();
      for (String path : List.of("/v2/models/echo/ready", "/v1/models/echo")) {
        RunningServer.HttpAnswer answer = stale.http(HttpMethod.GET, path, "");
        assertThat(answer.status()).as(path).isEqualTo(503);
        assertThat(answer.body().toJsonObject().getString("error"))
            .isEqualTo("model 'echo': version 1 was made long ago");
      }
      stale.infer(Requests.typed(1, 2, 3)).ok();
    }
  }

  private static boolean ready(RunningServer server, ModelReadyRequest request) {
    return server.call(GRPCInferenceServiceGrpcClient.ModelReady, request).ok().getReady();
  }

  @Test
  void modelStatistics_afterRequests_countsThemByVersion() {
    server.infer(Requests.typed(1, 2, 3).setModelVersion("6")).ok();
    server.infer(Requests.to("echo").setModelVersion("6"));

    ModelStatistics statistics =
        server
            .call(
                GRPCInferenceServiceGrpcClient.ModelStatistics,
                ModelStatisticsRequest.newBuilder().setName("echo").setVersion("6").build())
            .ok()
            .getModelStats(0);

    assertThat(statistics.getVersion()).isEqualTo("6");
    assertThat(statistics.getInferenceStats().getSuccess().getCount()).isEqualTo(1);
    assertThat(statistics.getInferenceStats().getSuccess().getNs()).isPositive();
    assertThat(statistics.getInferenceStats().getFail().getCount()).isEqualTo(1);
    assertThat(statistics.getLastInference())
        .isEqualTo(TestModels.CREATED_AT.toEpochMilli() + 3000);
  }

  @Test
  void modelStatistics_withoutAVersion_addUpOverVersionsThoseThatAreGoneToo()
      throws InterruptedException {
    ServedModels models = TestModels.serving(TestModels.echo(1));
    try (RunningServer swapping = new RunningServer(models)) {
      swapping.infer(Requests.typed(1, 2, 3)).ok();
      TestModels.replaceAll(models, TestModels.echo(2));
      swapping.infer(Requests.typed(1, 2, 3)).ok();
      swapping.infer(Requests.to("echo"));

      ModelStatistics statistics =
          swapping
              .call(
                  GRPCInferenceServiceGrpcClient.ModelStatistics,
                  ModelStatisticsRequest.newBuilder().setName("echo").build())
              .ok()
              .getModelStats(0);

      assertThat(statistics.getVersion()).isEmpty();
      assertThat(statistics.getInferenceCount()).isEqualTo(2);
      assertThat(statistics.getInferenceStats().getSuccess().getCount()).isEqualTo(2);
      assertThat(statistics.getInferenceStats().getFail().getCount()).isEqualTo(1);
    }
  }

  @Test
  void metrics_byVersion_areThoseOfTheNewestVersionsAskedAndNoMore() throws InterruptedException {
    ServedModels models = TestModels.serving(TestModels.echo(1));
    try (RunningServer swapping = new RunningServer(models, Map.of("metrics_by_version", true))) {
      for (long version = 1; version <= 40; version++) {
        TestModels.replaceAll(models, TestModels.echo(version));
        swapping.infer(Requests.typed(1, 2, 3)).ok();
      }

      assertThat(swapping.metrics.registry().get("millrace.inference.queue").timers())
          .extracting(timer -> timer.getId().getTag("version"))
          .hasSize(33) // including requests to no model
          .contains("", "9", "40")
          .doesNotContain("8");
    }
  }

  @Test
  void modelStatistics_unknownModel_isNotFound() {
    assertThat(
            server
                .call(
                    GRPCInferenceServiceGrpcClient.ModelStatistics,
                    ModelStatisticsRequest.newBuilder().setName("other").build())
                .status())
        .isEqualTo(GrpcStatus.NOT_FOUND);
  }

  @Test
  void repositoryIndex_always_listsVersionsNewestFirst() {
    RepositoryIndexResponse index =
        server
            .call(
                GRPCInferenceServiceGrpcClient.RepositoryIndex,
                RepositoryIndexRequest.getDefaultInstance())
            .ok();

    assertThat(index.getModelsList())
        .extracting(model -> model.getName() + " " + model.getVersion() + " " + model.getState())
        .containsExactly("echo 7 READY", "echo 6 READY");
  }

  @Test
  void repositoryIndex_modelWithoutVersion_isUnavailableUnlessReadyOnesAreWanted()
      throws InterruptedException {
    try (RunningServer empty = new RunningServer(new ServedModels(Set.of("echo")))) {
      assertThat(
              empty
                  .call(
                      GRPCInferenceServiceGrpcClient.RepositoryIndex,
                      RepositoryIndexRequest.getDefaultInstance())
                  .ok()
                  .getModelsList())
          .extracting(RepositoryIndexResponse.ModelIndex::getState)
          .containsExactly("UNAVAILABLE");
      assertThat(
              empty
                  .call(
                      GRPCInferenceServiceGrpcClient.RepositoryIndex,
                      RepositoryIndexRequest.newBuilder().setReady(true).build())
                  .ok()
                  .getModelsList())
          .isEmpty();
    }
  }

  @Test
  void adminMethods_notAllowed_areUnimplemented() throws InterruptedException {
    ServedModels models = TestModels.serving(TestModels.echo(7));
    try (RunningServer closed = new RunningServer(models, Map.of("admin", false))) {
      RunningServer.Answer<RepositoryIndexResponse> index =
          closed.call(
              GRPCInferenceServiceGrpcClient.RepositoryIndex,
              RepositoryIndexRequest.getDefaultInstance());
      assertThat(index.status()).isEqualTo(GrpcStatus.UNIMPLEMENTED);
      assertThat(index.reason()).endsWith("serving.admin allows it");
      assertThat(closed.http(HttpMethod.POST, "/v2/repository/index", "{}").status())
          .isEqualTo(404);
    }
  }

  @Test
  void rest_config_isThatOfTheProtocol() {
    JsonObject config =
        server.http(HttpMethod.GET, "/v2/models/echo/config", "").body().toJsonObject();

    assertThat(config.getInteger("max_batch_size")).isEqualTo(4);
    assertThat(config.getJsonArray("input").getJsonObject(0).getString("data_type"))
        .isEqualTo("TYPE_FP32");
    assertThat(config.getJsonObject("parameters").getJsonObject("trained_records"))
        .isEqualTo(new JsonObject().put("string_value", "15"));
  }

  @Test
  void rest_statistics_areThoseOfTheProtocol() {
    JsonObject all = server.http(HttpMethod.GET, "/v2/models/stats", "").body().toJsonObject();
    JsonObject one =
        server.http(HttpMethod.GET, "/v2/models/echo/versions/7/stats", "").body().toJsonObject();

    assertThat(all.getJsonArray("model_stats")).hasSize(1);
    assertThat(one.getJsonArray("model_stats").getJsonObject(0).getString("version"))
        .isEqualTo("7");
    assertThat(server.http(HttpMethod.GET, "/v2/models/other/stats", "").status()).isEqualTo(404);
  }

  @Test
  void rest_repositoryIndex_isAList() {
    JsonArray index =
        server
            .http(HttpMethod.POST, "/v2/repository/index", "{\"ready\": true}")
            .body()
            .toJsonArray();

    assertThat(index.getJsonObject(0).getString("state")).isEqualTo("READY");
    assertThat(server.http(HttpMethod.POST, "/v2/repository/index", "[").status()).isEqualTo(400);
  }

  @Test
  void rest_latestVersionAndPriority_areUnderstood() {
    Buffer body =
        server
            .http(
                HttpMethod.POST,
                "/v2/models/echo/versions/latest/infer",
                """
                {"parameters": {"priority": 1, "timeout": 5000000}, "inputs": [
                  {"name": "pair", "datatype": "FP32", "shape": [1, 2], "data": [1, 2]},
                  {"name": "c", "datatype": "FP32", "shape": [1], "data": [3]}]}
                """)
            .body();

    assertThat(body.toJsonObject().getString("model_version")).isEqualTo("7");
    assertThat(body.toJsonObject().getJsonObject("parameters").getDouble("staleness_seconds"))
        .isEqualTo(3);
  }
}
