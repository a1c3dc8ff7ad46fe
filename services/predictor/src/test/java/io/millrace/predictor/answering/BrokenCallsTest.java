package io.millrace.predictor.answering;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.predictor.following.ServedModels;
import io.millrace.predictor.following.TestModels;
import io.millrace.proto.inference.ModelMetadataRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.grpc.common.GrpcStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that no gRPC library sends: each gets a status and a message. */
class BrokenCallsTest {
  private static final String SERVICE = "/inference.GRPCInferenceService/";
  private static final byte[] METADATA_OF_ECHO =
      ModelMetadataRequest.newBuilder().setName("echo").build().toByteArray();

  private final ServedModels models = new ServedModels(Set.of("echo"));
  private RunningServer server;
  private HttpClient client;

  @BeforeEach
  void start() throws InterruptedException {
    TestModels.publish(models, TestModels.echo(1));
    server = new RunningServer(models);
    client =
        server.http(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.close();
  }

  @Test
  void call_markedAsCompressedButIsNot_isInvalid() {
    for (String method : new String[] {"ModelInfer", "ModelStreamInfer", "ModelMetadata"}) {
      Ended ended = call(SERVICE + method, "", frame(1, METADATA_OF_ECHO));

      assertThat(ended.status()).as(method).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
      assertThat(ended.message()).startsWith("the message cannot be decompressed: ");
    }
  }

  @Test
  void call_compressed_isRead() throws IOException {
    Ended ended = call(SERVICE + "ModelMetadata", "gzip", frame(1, gzip(METADATA_OF_ECHO)));

    assertThat(ended.status()).isEqualTo(GrpcStatus.OK);
  }

  @Test
  void call_smallButLargeOnceDecompressed_isExhausted() throws IOException {
    byte[] bomb = gzip(new byte[RunningServer.MAX_MESSAGE_BYTES + 1]);

    for (String method : new String[] {"ModelInfer", "ModelStreamInfer", "ModelMetadata"}) {
      Ended ended = call(SERVICE + method, "gzip", frame(1, bomb));

      assertThat(ended.status()).as(method).isEqualTo(GrpcStatus.RESOURCE_EXHAUSTED);
      assertThat(ended.message()).isEqualTo("the message is larger than serving.max_message_bytes");
    }
  }

  @Test
  void call_inAnotherFormatOrVersionOrByGet_is415() {
    for (String type :
        List.of("application/grpc+json", "application/grpc-web", "application/grpcs")) {
      assertThat(httpStatus(client, HttpMethod.POST, type)).as(type).isEqualTo(415);
    }
    assertThat(httpStatus(client, HttpMethod.GET, "application/grpc")).isEqualTo(415);
    assertThat(httpStatus(server.http, HttpMethod.POST, "application/grpc")).isEqualTo(415);
    assertThat(httpStatus(client, HttpMethod.POST, "application/grpc+proto")).isEqualTo(200);
  }

  private int httpStatus(HttpClient by, HttpMethod method, String contentType) {
    return RunningServer.await(
        by.request(method, server.service.port(), "127.0.0.1", SERVICE + "ModelInfer")
            .compose(
                request ->
                    request.putHeader("content-type", contentType).send(frame(0, METADATA_OF_ECHO)))
            .map(HttpClientResponse::statusCode));
  }

  @Test
  void call_unknownCompression_isUnimplemented() {
    Ended ended = call(SERVICE + "ModelInfer", "snappy", frame(1, METADATA_OF_ECHO));

    assertThat(ended.status()).isEqualTo(GrpcStatus.UNIMPLEMENTED);
    assertThat(ended.message()).isEqualTo("messages may be compressed by gzip only");
  }

  @Test
  void call_bytesThatAreNoMessage_isInvalid() {
    Ended ended = call(SERVICE + "ModelMetadata", "", frame(0, new byte[] {10, 100, 1}));

    assertThat(ended.status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
    assertThat(ended.message()).startsWith("the message cannot be read: ");
  }

  @Test
  void call_withoutAMessage_isInvalid() {
    assertThat(call(SERVICE + "ModelMetadata", "", Buffer.buffer()))
        .isEqualTo(new Ended(GrpcStatus.INVALID_ARGUMENT, "the call ended without a message"));
    assertThat(call("/grpc.health.v1.Health/Watch", "", Buffer.buffer()).status())
        .isEqualTo(GrpcStatus.INVALID_ARGUMENT);
  }

  @Test
  void call_twoMessages_answersTheFirst() {
    Buffer two = frame(0, METADATA_OF_ECHO).appendBuffer(frame(0, METADATA_OF_ECHO));

    assertThat(call(SERVICE + "ModelMetadata", "", two).status()).isEqualTo(GrpcStatus.OK);
  }

  @Test
  void call_repositoryModelLoad_isUnimplementedAndSaysSo() {
    Ended ended = call(SERVICE + "RepositoryModelLoad", "", frame(0, new byte[0]));

    assertThat(ended.status()).isEqualTo(GrpcStatus.UNIMPLEMENTED);
    assertThat(ended.message())
        .isEqualTo(
            "models are not loaded and unloaded on request; this server serves what their trainers"
                + " publish");
    assertThat(call(SERVICE + "ModelDream", "", frame(0, new byte[0])).message())
        .isEqualTo("this server has no method inference.GRPCInferenceService/ModelDream");
  }

  @Test
  void call_nameOfHundredThousandLetters_isNotFoundInAFewWords() {
    byte[] request =
        ModelMetadataRequest.newBuilder().setName("é".repeat(100_000)).build().toByteArray();

    Ended ended = call(SERVICE + "ModelMetadata", "", frame(0, request));

    assertThat(ended.status()).isEqualTo(GrpcStatus.NOT_FOUND);
    assertThat(ended.message()).contains("%C3%A9...' is unknown").hasSizeLessThan(600);
  }

  private Ended call(String path, String encoding, Buffer frames) {
    Promise<Ended> ended = Promise.promise();
    server.vertx.runOnContext( // sets every handler in time
        nothing ->
            client
                .request(HttpMethod.POST, server.service.port(), "127.0.0.1", path)
                .compose(
                    request -> {
                      request.putHeader("content-type", "application/grpc");
                      if (!encoding.isEmpty()) {
                        request.putHeader("grpc-encoding", encoding);
                      }
                      return request.send(frames);
                    })
                .compose(response -> response.body().map(body -> ended(response)))
                .onComplete(ended));
    return RunningServer.await(ended.future());
  }

  private static Ended ended(HttpClientResponse response) {
    boolean inTrailers = response.trailers().contains("grpc-status");
    MultiMap where = inTrailers ? response.trailers() : response.headers();
    String message = where.get("grpc-message");
    return new Ended(
        GrpcStatus.valueOf(Integer.parseInt(where.get("grpc-status"))),
        message == null ? "" : message);
  }

  private static Buffer frame(int flags, byte[] message) {
    return Buffer.buffer().appendByte((byte) flags).appendInt(message.length).appendBytes(message);
  }

  private static byte[] gzip(byte[] message) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(message);
    }
    return compressed.toByteArray();
  }

  private record Ended(GrpcStatus status, String message) {}
}
