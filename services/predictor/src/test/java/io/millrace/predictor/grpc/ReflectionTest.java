package io.millrace.predictor.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.predictor.Logged;
import io.millrace.predictor.answering.Requests;
import io.millrace.predictor.answering.RunningServer;
import io.millrace.predictor.following.TestModels;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.reflection.v1.ServerReflectionResponse;
import io.vertx.grpc.reflection.v1.ServiceResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Reflection, when it is on, under hostile requests. */
class ReflectionTest {
  private static final String PATH = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";
  private static final int HOSTILE = 500;

  @Test
  void reflection_anyBytes_endsEveryCallAndNothingElse() throws InterruptedException {
    try (Logged log = new Logged("io");
        RunningServer server = new RunningServer(TestModels.serving(TestModels.echo(1)))) {
      HttpClient client = client(server);
      Random random = new Random(1);
      List<Future<String>> calls = new ArrayList<>();
      for (int i = 0; i < HOSTILE; i++) {
        calls.add(ended(server, client, hostile(random)));
      }

      assertThat(calls.stream().map(RunningServer::await))
          .isSubsetOf("0", "3", "8"); // answered, not readable, or too many or too large

      assertThat(server.infer(Requests.typed(1, 2, 3)).status()).isEqualTo(GrpcStatus.OK);
      assertThat(RunningServer.await(ended(server, client, frame(0, listServices()))))
          .isEqualTo("0");
      assertThat(server.failures).isEmpty();
      assertThat(log.lines()).isEmpty();
    }
  }

  /** The version that grpcui, older grpcurl, Postman and Kreya use. */
  @Test
  void reflection_v1alpha_answersAsV1DoesAndDescribesItself() throws Exception {
    try (RunningServer server = new RunningServer(TestModels.serving(TestModels.echo(1)))) {
      String service = "grpc.reflection.v1alpha.ServerReflection";
      Buffer requests =
          frame(0, text(4, "inference.GRPCInferenceService"))
              .appendBuffer(frame(0, text(4, service)));

      List<ServerReflectionResponse> answers =
          messages(RunningServer.await(asked(server, PATH.replace(".v1.", ".v1alpha."), requests)));

      assertThat(answers.get(0))
          .isEqualTo(messages(RunningServer.await(asked(server, PATH, requests))).get(0));
      FileDescriptorProto file =
          FileDescriptorProto.parseFrom(
              answers.get(1).getFileDescriptorResponse().getFileDescriptorProto(0));
      assertThat(file.getPackage()).isEqualTo("grpc.reflection.v1alpha");
      assertThat(file.getService(0).getMethod(0).getInputType())
          .isEqualTo(".grpc.reflection.v1alpha.ServerReflectionRequest");
    }
  }

  @Test
  void reflection_severalRequestsInOneCall_areAllAnswered() throws Exception {
    try (RunningServer server = new RunningServer(TestModels.serving(TestModels.echo(1)))) {
      Buffer requests =
          frame(0, listServices())
              .appendBuffer(frame(0, text(4, "inference.GRPCInferenceService.ModelInfer")))
              .appendBuffer(frame(0, text(4, "no.such.thing")));

      List<ServerReflectionResponse> answers =
          messages(RunningServer.await(asked(server, PATH, requests)));

      assertThat(answers).hasSize(3);
      assertThat(answers.get(0).getListServicesResponse().getServiceList())
          .extracting(ServiceResponse::getName)
          .containsExactly(
              "inference.GRPCInferenceService",
              "grpc.health.v1.Health",
              "grpc.reflection.v1.ServerReflection",
              "grpc.reflection.v1alpha.ServerReflection");
      FileDescriptorProto file =
          FileDescriptorProto.parseFrom(
              answers.get(1).getFileDescriptorResponse().getFileDescriptorProto(0));
      assertThat(file.getService(0).getName()).isEqualTo("GRPCInferenceService");
      assertThat(answers.get(2).getErrorResponse().getErrorCode())
          .isEqualTo(GrpcStatus.NOT_FOUND.code);
    }
  }

  @Test
  void reflection_notTurnedOn_isUnimplemented() throws InterruptedException {
    try (RunningServer server =
        new RunningServer(TestModels.serving(TestModels.echo(1)), Map.of("reflection", false))) {
      assertThat(RunningServer.await(ended(server, client(server), frame(0, listServices()))))
          .isEqualTo(Integer.toString(GrpcStatus.UNIMPLEMENTED.code));
    }
  }

  /** Returns the call's status; {@code reset} if it ended without one. */
  private static Future<String> ended(RunningServer server, HttpClient client, Buffer body) {
    Promise<String> status = Promise.promise();
    server.vertx.runOnContext(
        nothing ->
            client
                .request(HttpMethod.POST, server.service.port(), "127.0.0.1", PATH)
                .compose(
                    request ->
                        request
                            .exceptionHandler(failure -> {})
                            .putHeader("content-type", "application/grpc")
                            .send(body))
                .compose(
                    response ->
                        response
                            .end()
                            .map(
                                end ->
                                    response.headers().contains("grpc-status")
                                        ? response.getHeader("grpc-status")
                                        : response.getTrailer("grpc-status")))
                .otherwise("reset")
                .onComplete(status));
    return status.future();
  }

  private static Future<Buffer> asked(RunningServer server, String path, Buffer requests) {
    Promise<Buffer> body = Promise.promise();
    HttpClient client = client(server);
    server.vertx.runOnContext(
        nothing ->
            client
                .request(HttpMethod.POST, server.service.port(), "127.0.0.1", path)
                .compose(
                    request -> request.putHeader("content-type", "application/grpc").send(requests))
                .compose(HttpClientResponse::body)
                .onComplete(body));
    return body.future();
  }

  private static List<ServerReflectionResponse> messages(Buffer body)
      throws InvalidProtocolBufferException {
    List<ServerReflectionResponse> messages = new ArrayList<>();
    for (int at = 0; at < body.length(); ) {
      int end = at + 5 + body.getInt(at + 1);
      messages.add(ServerReflectionResponse.parseFrom(body.getBytes(at + 5, end)));
      at = end;
    }
    return messages;
  }

  private static HttpClient client(RunningServer server) {
    return server.http(
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false));
  }

  /** Random bytes, valid requests for missing things, damaged requests, and several at once. */
  private static Buffer hostile(Random random) {
    Buffer body = Buffer.buffer();
    int messages = 1 + random.nextInt(3);
    for (int i = 0; i < messages; i++) {
      byte[] message =
          switch (random.nextInt(4)) {
            case 0 -> bytes(random, random.nextInt(64));
            case 1 -> text(3 + random.nextInt(5), "a.name." + random.nextInt());
            case 2 -> text(4, "x".repeat(random.nextInt(20_000)));
            default -> damaged(random, text(3, "inference.GRPCInferenceService"));
          };
      body.appendBuffer(frame(random.nextInt(8) == 0 ? random.nextInt(256) : 0, message));
    }
    return random.nextInt(8) == 0 ? body.getBuffer(0, random.nextInt(body.length())) : body;
  }

  private static byte[] damaged(Random random, byte[] message) {
    message[random.nextInt(message.length)] = (byte) random.nextInt();
    return message;
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Returns a message with one text field. */
  private static byte[] text(int field, String value) {
    Buffer message = Buffer.buffer().appendByte((byte) (field << 3 | 2));
    int length = value.getBytes(StandardCharsets.UTF_8).length;
    for (; length > 0x7f; length >>>= 7) {
      message.appendByte((byte) (length | 0x80));
    }
    return message.appendByte((byte) length).appendString(value).getBytes();
  }

  private static byte[] listServices() {
    return text(7, "");
  }

  private static Buffer frame(int flags, byte[] message) {
    return Buffer.buffer().appendByte((byte) flags).appendInt(message.length).appendBytes(message);
  }
}
