package io.millrace.runtime.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The requirements of RFC 9110 and 9112 for every request, on plain sockets. */
class RequestsTest {
  private static final byte[] PLAIN = "plain".getBytes(US_ASCII);
  private static final int LIMIT = 5000;
  private static final String HOST = "Host: here\r\n";

  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final BodyReader bodies = new BodyReader(LIMIT, "the limit", failures::add);
  private final HttpService service =
      new HttpService(
          "checked", Transport.plain(new Endpoint("checked", "127.0.0.1", 0)), this::handler);
  private Conversation client;

  @BeforeEach
  void start() throws InterruptedException, IOException {
    service.start();
    client = new Conversation(service.port());
  }

  @AfterEach
  void stop() throws InterruptedException, IOException {
    client.close();
    assertThat(service.stop(Duration.ofSeconds(30))).isTrue();
  }

  @Test
  void expectation_bodyThatFits_isToldToSendIt() throws IOException {
    client.send(
        "POST /echo HTTP/1.1\r\n" + HOST + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    assertThat(client.head()).startsWith("HTTP/1.1 100 ");

    client.send("ok");

    assertThat(client.answer()).startsWith("HTTP/1.1 200 ").endsWith("ok").doesNotContain("close");
  }

  @Test
  void expectation_bodyTooLarge_isRefusedBeforeItIsSent() throws IOException {
    client.send(
        "POST /echo HTTP/1.1\r\n"
            + HOST
            + "Expect: 100-continue\r\nContent-Length: 999999999\r\n\r\n");

    assertThat(client.answer())
        .startsWith("HTTP/1.1 413 ")
        .containsIgnoringCase("connection: close")
        .endsWith("{\"error\":\"the body is larger than 5000 bytes, the limit\"}");
    assertThat(client.hasEnded()).isTrue();
  }

  @Test
  void expectation_noPath_isRefusedBeforeItIsSent() throws IOException {
    client.send(
        "POST /none HTTP/1.1\r\n" + HOST + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");

    assertThat(client.answer())
        .startsWith("HTTP/1.1 404 ")
        .containsIgnoringCase("connection: close");
  }

  @Test
  void expectation_unknown_is417() throws IOException {
    client.send("POST /echo HTTP/1.1\r\n" + HOST + "Expect: tea\r\nContent-Length: 2\r\n\r\nok");

    assertThat(client.answer()).startsWith("HTTP/1.1 417 ").contains("{\"error\":");
  }

  @Test
  void body_encoded_isDecoded() throws IOException {
    byte[] text = "abc".repeat(LIMIT / 3).getBytes(US_ASCII);
    for (String encoding :
        List.of("gzip", "x-gzip", "GZIP", "deflate", "identity", "identity, gzip", "gzip,")) {
      assertThat(post(encoding, encoded(encoding, text)))
          .as(encoding)
          .startsWith("HTTP/1.1 200 ")
          .endsWith("abc");
    }
  }

  @Test
  void body_largeOnceDecoded_is413() throws IOException {
    assertThat(post("gzip", encoded("gzip", new byte[LIMIT + 1]))).startsWith("HTTP/1.1 413 ");
    assertThat(post("deflate", encoded("deflate", new byte[LIMIT + 1])))
        .startsWith("HTTP/1.1 413 ");
  }

  @Test
  void body_notEncodedAsItSays_is400() throws IOException {
    byte[] gzip = encoded("gzip", new byte[100]);

    assertThat(post("gzip", PLAIN)).startsWith("HTTP/1.1 400 ").contains("decompress");
    assertThat(post("deflate", gzip)).startsWith("HTTP/1.1 400 ");
    assertThat(post("gzip", Arrays.copyOf(gzip, gzip.length - 9))).startsWith("HTTP/1.1 400 ");
    for (byte[] cut :
        List.of(new byte[0], Arrays.copyOf(gzip, 5), Arrays.copyOf(gzip, gzip.length - 4))) {
      assertThat(post("gzip", cut)).startsWith("HTTP/1.1 400 ").contains("it ends too early");
    }
    byte[] withDictionary = {0x78, (byte) 0xbb, 1, 2, 3, 4, 5};
    assertThat(post("deflate", withDictionary))
        .startsWith("HTTP/1.1 400 ")
        .contains("it needs a dictionary");
  }

  @Test
  void body_unknownEncoding_is415AndNamesThoseKnown() throws IOException {
    for (String encoding :
        List.of("br", "gzip, deflate", "gzip\r\nContent-Encoding: gzip", "gzip;q=1")) {
      assertThat(post(encoding, PLAIN))
          .startsWith("HTTP/1.1 415 ")
          .containsIgnoringCase("accept-encoding: gzip, deflate")
          .contains("{\"error\":");
    }
  }

  @Test
  void answer_askedForCompressed_isWhereThatGains() throws IOException {
    String accept = HOST + "Accept-Encoding: gzip\r\n";
    client.send("GET /small HTTP/1.1\r\n" + accept + "\r\n");
    assertThat(client.answer()).endsWith("small").doesNotContain("encoding", "vary");
    client.send("GET /large HTTP/1.1\r\n" + HOST + "\r\n");
    assertThat(client.answer())
        .endsWith("large")
        .contains("vary: accept-encoding\r\n")
        .doesNotContain("content-encoding");

    client.send("GET /large HTTP/1.1\r\n" + accept + "Connection: close\r\n\r\n");

    String head = client.head();
    assertThat(head).contains("content-encoding: gzip\r\n", "vary: accept-encoding\r\n");
    assertThat(new String(new GZIPInputStream(client.body(head)).readAllBytes(), US_ASCII))
        .endsWith("large");
  }

  @Test
  void request_withoutHostOrWithTwo_is400() throws IOException {
    for (String hosts : List.of("", HOST + HOST)) {
      client.send("GET /small HTTP/1.1\r\n" + hosts + "\r\n");
      assertThat(client.answer()).startsWith("HTTP/1.1 400 ").contains("{\"error\":");
    }
  }

  @Test
  void request_ofHttp10_needsNoHost() throws IOException {
    client.send("GET /small HTTP/1.0\r\n\r\n");

    assertThat(client.answer()).startsWith("HTTP/1.0 200 ").endsWith("small");
    assertThat(client.hasEnded()).isTrue();
  }

  @Test
  void request_ofAnotherVersion_isAnsweredAsHttp11OrRefused() throws IOException {
    client.send("GET /small HTTP/1.2\r\n" + HOST + "\r\n");
    assertThat(client.answer()).startsWith("HTTP/1.1 200 ").endsWith("small");

    for (String version : List.of("HTTP/9.9", "HTTP/2.0", "HTTPS/1.1")) {
      String head = "GET /small " + version + "\r\n" + HOST;
      refuses(head + "\r\n", "HTTP/1.1 505 ");
      refuses(head + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n", "HTTP/1.1 505 ");
    }
  }

  @Test
  void request_fieldWithoutName_is400() throws IOException {
    refuses("GET /small HTTP/1.1\r\n" + HOST + ": x\r\n\r\n", "HTTP/1.1 400 ");
  }

  @Test
  void request_lineTooLong_is414() throws IOException {
    refuses("GET /" + "x".repeat(5000) + " HTTP/1.1\r\n" + HOST + "\r\n", "HTTP/1.0 414 ");
  }

  private void refuses(String request, String status) throws IOException {
    try (Conversation other = new Conversation(service.port())) {
      other.send(request);

      assertThat(other.answer()).startsWith(status).contains("{\"error\":");
      assertThat(other.hasEnded()).isTrue();
    }
  }

  @Test
  void head_isGetWithoutTheBody() throws IOException {
    client.send("HEAD /small HTTP/1.1\r\n" + HOST + "\r\n");
    assertThat(client.head()).startsWith("HTTP/1.1 200 ");

    client.send("GET /small HTTP/1.1\r\n" + HOST + "\r\n");

    assertThat(client.answer()).startsWith("HTTP/1.1 200 ").endsWith("small");
  }

  @Test
  void request_mistaken_isToldSoInJson() throws IOException {
    String get = " HTTP/1.1\r\n" + HOST + "\r\n";
    client.send("GET /none" + get);
    assertThat(client.answer())
        .startsWith("HTTP/1.1 404 ")
        .endsWith("{\"error\":\"nothing is at /none\"}");
    client.send("DELETE /small" + get);
    assertThat(client.answer())
        .startsWith("HTTP/1.1 405 ")
        .containsIgnoringCase("allow: GET, HEAD\r\n")
        .contains("{\"error\":\"DELETE is not allowed for this path; allowed: GET, HEAD\"}");
    for (String path : List.of("/%zz", "/%", "/small%", "/%ff", "*", "//", "/%00", "/a/../../b")) {
      client.send("GET " + path + get);
      assertThat(client.answer()).as(path).matches("(?s)HTTP/1.1 40[04] .*\\{\"error\":.*");
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void request_tooLongOrNoRequest_isToldSoAndIsTheLast() throws IOException {
    for (String bad :
        List.of(
            "GET /" + "x".repeat(5000) + " HTTP/1.1\r\n" + HOST + "\r\n",
            "GET / HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(20_000) + "\r\n\r\n",
            "GET / HTTP/1.1\r\n" + HOST + "X y: z\r\n\r\n",
            "nonsense\r\n\r\n")) {
      try (Conversation other = new Conversation(service.port())) {
        other.send(bad);

        assertThat(other.answer()).matches("(?s)HTTP/1.[01] 4[0-9]+ .*\\{\"error\":.*");
        assertThat(other.hasEnded()).isTrue();
      }
    }
  }

  @Test
  void request_thatFailsUnforeseen_isInternalAndGivenToTheLog() throws IOException {
    for (String path : List.of("/fails", "/failsLater")) {
      client.send("POST " + path + " HTTP/1.1\r\n" + HOST + "Content-Length: 2\r\n\r\nok");
      assertThat(client.answer()).as(path).startsWith("HTTP/1.1 500 ").contains("{\"error\":");
      client.close();
      client = new Conversation(service.port());
    }

    assertThat(failures)
        .extracting(Throwable::getMessage)
        .containsExactly("unforeseen", "unforeseen");
  }

  private Handler<HttpServerRequest> handler(Vertx vertx) {
    Router router = Router.router(vertx);
    RouterProblems.mountOn(router, failures::add);
    router.get("/small").handler(call -> call.response().end("small"));
    router.get("/large").handler(call -> call.response().end("x".repeat(LIMIT) + "large"));
    router.post("/echo").handler(call -> read(call, body -> call.response().end(body)));
    router.post("/fails").handler(RequestsTest::fail);
    router.post("/failsLater").handler(call -> read(call, body -> fail(call)));
    return new RequestChecks(router, failures::add);
  }

  private void read(RoutingContext call, Handler<Buffer> then) {
    bodies.read(
        call.request(),
        body -> then.handle(Buffer.buffer(body)),
        problem -> problem.answer(call.response()));
  }

  private static void fail(RoutingContext call) {
    throw new IllegalStateException("unforeseen");
  }

  private String post(String encoding, byte[] body) throws IOException {
    try (Conversation poster = new Conversation(service.port())) {
      poster.send(
          "POST /echo HTTP/1.1\r\n%sContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(HOST, encoding, body.length));
      return poster.send(body).answer();
    }
  }

  private static byte[] encoded(String encoding, byte[] body) throws IOException {
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (encoding) {
          case "identity", "" -> encoded;
          case "deflate" -> new DeflaterOutputStream(encoded);
          default -> new GZIPOutputStream(encoded);
        }) {
      out.write(body);
    }
    return encoded.toByteArray();
  }
}
