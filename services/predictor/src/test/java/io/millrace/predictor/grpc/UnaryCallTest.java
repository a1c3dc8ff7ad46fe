package io.millrace.predictor.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.predictor.answering.Requests;
import io.millrace.predictor.answering.RunningServer;
import io.millrace.predictor.following.TestModels;
import io.millrace.predictor.inference.PendingCall;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferResponse;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.grpc.common.GrpcStatus;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls of ModelInfer at the level of HTTP/2. */
class UnaryCallTest {
  private static final String PATH = "/inference.GRPCInferenceService/ModelInfer";
  private static final int SEVERAL_FRAMES = 50_000;

  @AutoClose private RunningServer server;

  @BeforeEach
  void start() throws InterruptedException {
    server = new RunningServer(TestModels.serving(TestModels.echo(1)));
  }

  @Test
  void answer_largerThanTheCallersWindow_arrivesWhole() throws Exception {
    HttpClient client = client(new Http2Settings().setInitialWindowSize(7));

    Answer answer = call(client, "", request -> request.send(message("small")));

    assertThat(answer.status()).isEqualTo("0");
    assertThat(answer.response().getId()).isEqualTo("small");
    assertThat(answer.response().getOutputsCount()).isEqualTo(3);
  }

  @Test
  void answer_largerThanAFrame_arrivesWhole() throws Exception {
    String id = "i".repeat(SEVERAL_FRAMES);

    Answer answer = call(client(new Http2Settings()), "", request -> request.send(message(id)));

    assertThat(answer.status()).isEqualTo("0");
    assertThat(answer.contentType()).isEqualTo("application/grpc");
    assertThat(answer.response().getId()).isEqualTo(id);
  }

  @Test
  void answers_manyOnOneConnection_eachToItsCaller() {
    HttpClient client = client(new Http2Settings());

    List<Future<Answer>> calls =
        IntStream.range(0, 6)
            .mapToObj(i -> asked(client, "", request -> request.send(message("call-" + i))))
            .toList();

    assertThat(calls.stream().map(RunningServer::await).map(UnaryCallTest::id))
        .isEqualTo(IntStream.range(0, 6).mapToObj(i -> "call-" + i).collect(Collectors.toList()));
  }

  @Test
  void answer_callersHeaderTableIsSmallerThanUsual_beginsWithItsSize() throws Exception {
    for (long size : new long[] {0, 64, 65_536}) {
      HttpClient client = client(new Http2Settings().setHeaderTableSize(size));

      for (String id : List.of("first", "second", "third")) {
        Answer answer = call(client, "", request -> request.send(message(id)));

        assertThat(answer.response().getId()).as("table of %d", size).isEqualTo(id);
      }
    }
  }

  @Test
  void answer_callersHeaderTableChangesBetweenCalls_beginsWithItsSize() throws Exception {
    HttpClient client = client(new Http2Settings());
    for (long size : new long[] {4096, 0, 4096, 100, 8192}) {
      Answer answer =
          call(
              client,
              "",
              request ->
                  request
                      .connection()
                      .updateSettings(new Http2Settings().setHeaderTableSize(size))
                      .compose(acknowledged -> request.send(message("table"))));

      assertThat(answer.response().getId()).as("table of %d", size).isEqualTo("table");
    }
  }

  @Test
  void request_inPieces_isRead() throws Exception {
    Buffer bytes = message("pieces");

    Answer answer =
        call(
            client(new Http2Settings()),
            "",
            request -> {
              request.setChunked(true);
              for (int at = 0; at < bytes.length(); at++) {
                request.write(bytes.slice(at, at + 1)).onFailure(server.failures::add);
              }
              return request.end().compose(nothing -> request.response());
            });

    assertThat(answer.response().getId()).isEqualTo("pieces");
  }

  @Test
  void request_withASecondMessage_answersTheFirst() throws Exception {
    Buffer two = message("first").appendBuffer(message("second"));

    Answer answer = call(client(new Http2Settings()), "", request -> request.send(two));

    assertThat(answer.response().getId()).isEqualTo("first");
  }

  @Test
  void request_pastItsDeadline_isNotInferred() {
    Answer answer =
        call(client(new Http2Settings()), "1n", request -> request.send(message("late")));

    assertThat(answer.status()).isEqualTo(Integer.toString(GrpcStatus.DEADLINE_EXCEEDED.code));
    assertThat(server.ended(GrpcStatus.DEADLINE_EXCEEDED)).isEqualTo(1);
  }

  @Test
  void request_callerLeavesBeforeItsMessage_isCancelled() {
    HttpClientRequest request =
        RunningServer.await(
            client(new Http2Settings())
                .request(HttpMethod.POST, server.service.port(), "127.0.0.1", PATH));
    request
        .exceptionHandler(reset -> {})
        .putHeader("content-type", "application/grpc")
        .setChunked(true);
    RunningServer.await(request.write(message("half").slice(0, 9)));

    RunningServer.await(request.reset(8));

    RunningServer.await(() -> server.ended(GrpcStatus.CANCELLED) == 1);
  }

  @Test
  void timeout_inAnyUnit_isReadAsTheProtocolSays() {
    Map<String, Long> nanos =
        Map.of(
            "1n",
            1L,
            "2u",
            2_000L,
            "3m",
            3_000_000L,
            "4S",
            4_000_000_000L,
            "5M",
            300_000_000_000L,
            "99999999H",
            Long.MAX_VALUE);
    nanos.forEach((text, expected) -> assertThat(GrpcTimeout.nanos(text)).isEqualTo(expected));

    assertThat(Stream.of("", "S", "5", "-1S", "1.5S", "123456789n", "5s").map(GrpcTimeout::nanos))
        .containsOnly(PendingCall.NO_DEADLINE);
  }

  private HttpClient client(Http2Settings settings) {
    return server.http(
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false)
            .setInitialSettings(settings));
  }

  private Answer call(
      HttpClient client,
      String timeout,
      Function<HttpClientRequest, Future<HttpClientResponse>> send) {
    return RunningServer.await(asked(client, timeout, send));
  }

  private Future<Answer> asked(
      HttpClient client,
      String timeout,
      Function<HttpClientRequest, Future<HttpClientResponse>> send) {
    Promise<Answer> answer = Promise.promise();
    server.vertx.runOnContext( // sets every handler in time
        nothing ->
            client
                .request(HttpMethod.POST, server.service.port(), "127.0.0.1", PATH)
                .compose(
                    request -> {
                      request.putHeader("content-type", "application/grpc");
                      if (!timeout.isEmpty()) {
                        request.putHeader("grpc-timeout", timeout);
                      }
                      return send.apply(request);
                    })
                .compose(response -> response.body().map(body -> answer(response, body)))
                .onComplete(answer));
    return answer.future();
  }

  private static Answer answer(HttpClientResponse response, Buffer body) {
    String early = response.getHeader("grpc-status");
    return new Answer(
        response.getHeader("content-type"),
        early == null ? response.getTrailer("grpc-status") : early,
        body);
  }

  private static String id(Answer answer) {
    try {
      return answer.response().getId();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static Buffer message(String id) {
    ModelInferRequest request = Requests.typed(1, 2, 3).setId(id).build();
    return Buffer.buffer()
        .appendByte((byte) 0)
        .appendInt(request.getSerializedSize())
        .appendBytes(request.toByteArray());
  }

  private record Answer(String contentType, String status, Buffer body) {
    ModelInferResponse response() throws InvalidProtocolBufferException {
      assertThat(body.getByte(0)).isZero();
      assertThat(body.getUnsignedInt(1)).isEqualTo(body.length() - 5L);
      return ModelInferResponse.parseFrom(body.getBytes(5, body.length()));
    }
  }
}
