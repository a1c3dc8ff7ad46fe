package io.millrace.predictor.answering;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.predictor.answering.RunningServer.Answer;
import io.millrace.predictor.following.ServedModels;
import io.millrace.predictor.following.TestModels;
import io.millrace.proto.inference.GRPCInferenceServiceGrpcClient;
import io.millrace.proto.inference.ModelInferResponse;
import io.millrace.proto.inference.ModelMetadataRequest;
import io.millrace.proto.inference.ModelMetadataResponse;
import io.millrace.proto.inference.ModelReadyRequest;
import io.millrace.proto.inference.ServerLiveRequest;
import io.millrace.proto.inference.ServerMetadataRequest;
import io.millrace.proto.inference.ServerReadyRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.health.v1.HealthCheckRequest;
import io.vertx.grpc.health.v1.HealthCheckResponse;
import io.vertx.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrpcTransportTest {
  private static final ServiceName HEALTH = ServiceName.create("grpc.health.v1.Health");
  private static final ServiceMethod<Buffer, Buffer> INFER_BYTES =
      ServiceMethod.client(
          ServiceName.create("inference.GRPCInferenceService"),
          "ModelInfer",
          GrpcMessageEncoder.IDENTITY,
          GrpcMessageDecoder.IDENTITY);

  private final ServedModels models = new ServedModels(Set.of("echo"));
  @AutoClose private RunningServer server;

  @BeforeEach
  void start() throws InterruptedException {
    server = new RunningServer(models);
  }

  @Test
  void modelInfer_beforeTheFirstVersion_isUnavailable() {
    Answer<ModelInferResponse> answer = server.infer(Requests.typed(1, 2, 3));

    assertThat(answer.status()).isEqualTo(GrpcStatus.UNAVAILABLE);
    assertThat(answer.reason())
        .isEqualTo("model 'echo' has no version yet: no checkpoint was published");
  }

  @Test
  void modelInfer_bytesThatAreNoRequest_areRefused() {
    Answer<Buffer> answer = server.call(INFER_BYTES, Buffer.buffer(new byte[] {10, 100, 1}));

    assertThat(answer.status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
    assertThat(answer.reason()).startsWith("the message is no ModelInferRequest: ");
  }

  @Test
  void modelInfer_largerThanAllowed_isExhausted() {
    Buffer tooLarge = Buffer.buffer(new byte[RunningServer.MAX_MESSAGE_BYTES + 1]);

    Answer<Buffer> answer = server.call(INFER_BYTES, tooLarge);

    assertThat(answer.status()).isEqualTo(GrpcStatus.RESOURCE_EXHAUSTED);
    assertThat(answer.reason()).isEqualTo("the message is larger than serving.max_message_bytes");
    assertThat(server.ended(GrpcStatus.RESOURCE_EXHAUSTED)).isEqualTo(1);
  }

  @Test
  void serverMethods_always_tellHowItIs() {
    GRPCInferenceServiceGrpcClient client = server.client();
    server.health.notReady("model echo", "no checkpoint yet");

    assertThat(
            RunningServer.await(client.serverLive(ServerLiveRequest.getDefaultInstance()))
                .getLive())
        .isTrue();
    assertThat(
            RunningServer.await(client.serverReady(ServerReadyRequest.getDefaultInstance()))
                .getReady())
        .isFalse();
    assertThat(
            RunningServer.await(client.serverMetadata(ServerMetadataRequest.getDefaultInstance()))
                .getName())
        .isEqualTo("millrace");
  }

  @Test
  void modelReady_byVersion_saysWhetherItAnswers() {
    assertThat(isReady("")).isFalse();

    TestModels.publish(models, TestModels.echo(3));

    assertThat(isReady("")).isTrue();
    assertThat(isReady("3")).isTrue();
    assertThat(isReady("2")).isFalse();
  }

  @Test
  void modelReady_unknownModel_isNotFound() {
    ModelReadyRequest request = ModelReadyRequest.newBuilder().setName("other").build();

    assertThat(server.call(GRPCInferenceServiceGrpcClient.ModelReady, request).status())
        .isEqualTo(GrpcStatus.NOT_FOUND);
  }

  @Test
  void modelMetadata_servedModel_listsVersionsAndTensors() {
    TestModels.publish(models, TestModels.echo(3));
    TestModels.publish(models, TestModels.echo(4));

    ModelMetadataResponse metadata =
        server
            .call(
                GRPCInferenceServiceGrpcClient.ModelMetadata,
                ModelMetadataRequest.newBuilder().setName("echo").build())
            .ok();

    assertThat(metadata.getVersionsList()).containsExactly("4", "3");
    assertThat(metadata.getInputsList())
        .extracting(tensor -> tensor.getName() + tensor.getDatatype() + tensor.getShapeList())
        .containsExactly("pairFP32[-1, 2]", "cFP32[-1, 1]");
    assertThat(metadata.getOutputsList())
        .extracting(tensor -> tensor.getName() + tensor.getDatatype() + tensor.getShapeList())
        .containsExactly("choiceFP32[-1, 2]", "choice_classBYTES[-1]", "sumFP32[-1, 1]");
  }

  @Test
  void healthCheck_serverAndModels_followReadiness() {
    server.health.notReady("model echo", "no checkpoint yet");
    assertThat(check("")).isEqualTo(ServingStatus.NOT_SERVING);
    assertThat(check("echo")).isEqualTo(ServingStatus.NOT_SERVING);

    server.health.ready("model echo");
    TestModels.publish(models, TestModels.echo(1));

    assertThat(check("")).isEqualTo(ServingStatus.SERVING);
    assertThat(check("inference.GRPCInferenceService")).isEqualTo(ServingStatus.SERVING);
    assertThat(check("echo")).isEqualTo(ServingStatus.SERVING);
    assertThat(server.call(healthMethod("Check"), health("other")).status())
        .isEqualTo(GrpcStatus.NOT_FOUND);
  }

  @Test
  void healthWatch_modelComes_tellsTheChangeOnce() throws InterruptedException {
    BlockingQueue<ServingStatus> heard = new LinkedBlockingQueue<>();
    RunningServer.await(
        server
            .grpc
            .request(server.address(), healthMethod("Watch"))
            .compose(
                request ->
                    request
                        .send(health("echo"))
                        .map(response -> response.handler(said -> heard.add(said.getStatus())))));
    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(ServingStatus.NOT_SERVING);

    TestModels.publish(models, TestModels.echo(1));

    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(ServingStatus.SERVING);
    assertThat(heard.poll(600, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void managementRoutes_onTheSamePort_answer() {
    server.health.notReady("model echo", "no checkpoint yet");

    assertThat(get("/livez")).isEqualTo("200 alive\n");
    assertThat(get("/readyz")).isEqualTo("503 model echo: no checkpoint yet\n");
    assertThat(get("/metrics"))
        .startsWith("200 ")
        .contains("millrace_inference_requests_total{model=\"\",status=\"OK\"}");
  }

  private boolean isReady(String version) {
    ModelReadyRequest request =
        ModelReadyRequest.newBuilder().setName("echo").setVersion(version).build();
    return server.call(GRPCInferenceServiceGrpcClient.ModelReady, request).ok().getReady();
  }

  private ServingStatus check(String service) {
    return server.call(healthMethod("Check"), health(service)).ok().getStatus();
  }

  private String get(String path) {
    return RunningServer.await(
        server
            .http
            .request(HttpMethod.GET, server.service.port(), "127.0.0.1", path)
            .compose(
                request ->
                    request
                        .send()
                        .compose(
                            response ->
                                response.body().map(body -> response.statusCode() + " " + body))));
  }

  private static HealthCheckRequest health(String service) {
    return HealthCheckRequest.newBuilder().setService(service).build();
  }

  private static ServiceMethod<HealthCheckResponse, HealthCheckRequest> healthMethod(String name) {
    return ServiceMethod.client(
        HEALTH,
        name,
        GrpcMessageEncoder.encoder(),
        GrpcMessageDecoder.decoder(HealthCheckResponse.newBuilder()));
  }
}
