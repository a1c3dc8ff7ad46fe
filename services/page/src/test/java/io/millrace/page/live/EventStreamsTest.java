package io.millrace.page.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.page.OpenPort;
import io.millrace.page.history.History;
import io.millrace.page.history.Mark;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams on a real port, with turns of a few milliseconds. */
class EventStreamsTest {
  private static final Duration TURN = Duration.ofMillis(4);
  private static final int MOST_STREAMS = 16;

  private final History history = new History();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong states = new AtomicLong();

  /** Vert.x closes a client that nobody refers to any more. */
  private final List<HttpClient> clients = new ArrayList<>();

  private volatile Buffer state = Buffer.buffer("{\"small\":true}");
  private OpenPort port;

  @BeforeEach
  void open() throws Exception {
    port =
        new OpenPort(
            (router, vertx) -> {
              EventStreams streams = new EventStreams(vertx, new TestFeed(), open, () -> {}, TURN);
              router.get("/stream").handler(streams::open);
            });
  }

  @AfterEach
  void close() throws Exception {
    port.close();
  }

  @Test
  void stream_events_comeOnceAndInOrderWithTheirNumbers() throws Exception {
    history.add(mark(1));
    try (Reader reader = new Reader("")) {
      reader.until("event: state");
      history.add(mark(2));
      history.add(mark(3));

      List<String> lines = reader.until("id: 3");

      assertThat(reader.head).contains("text/event-stream", "no-store");
      assertThat(lines).doesNotContain("id: 1").contains("id: 2").contains("event: mark");
      assertThat(lines).anyMatch(line -> line.startsWith("data: {\"number\":2,\"records\":200,"));
    }
    await(() -> open.get() == 0);
  }

  @Test
  void stream_readerThatComesBack_getsWhatItMissed() throws Exception {
    history.add(mark(1));
    history.add(mark(2));
    try (Reader reader = new Reader("Last-Event-ID: 1\r\n")) {
      assertThat(reader.until("id: 2")).doesNotContain("id: 1");
    }
  }

  @Test
  void stream_moreEventsThanAreKept_tellsToReadTheHistoryAnew() throws Exception {
    try (Reader reader = new Reader("")) {
      reader.until("event: state");
      synchronized (history) { // the stream sees all of them at once
        for (int number = 1; number <= 1000; number++) {
          history.add(mark(number));
        }
      }
      assertThat(reader.until("event: history")).doesNotContain("id: 1");
    }
  }

  @Test
  void stream_readerThatTakesNothing_isCutOffAndHoldsLittle() throws Exception {
    state = Buffer.buffer("\"" + "x".repeat(1 << 20) + "\"");
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.port()));
      request(socket, "");
      await(() -> open.get() == 1);
      await(() -> open.get() == 0); // cut off

      assertThat(taken(socket)).isLessThan(16L << 20);
    } catch (IOException reset) {
      assertThat(open.get()).isZero();
    }
  }

  @Test
  void stream_overHttp2ReaderThatTakesNothing_isCutOff() throws Exception {
    state = Buffer.buffer("\"" + "x".repeat(1 << 20) + "\"");
    Vertx vertx = Vertx.vertx();
    try {
      answer(vertx, HttpVersion.HTTP_2).pause();
      await(() -> open.get() == 1);
      await(() -> open.get() == 0);
    } finally {
      vertx.close().await();
    }
  }

  @Test
  void open_moreThanTheMost_isRefusedUntilOneEnds() throws Exception {
    List<Reader> readers = new ArrayList<>();
    try {
      for (int each = 0; each < MOST_STREAMS; each++) {
        readers.add(new Reader(""));
        readers.get(each).until("event: state");
      }
      assertThat(port.get("/stream").statusCode()).isEqualTo(503);
      readers.remove(0).close();
      await(() -> open.get() == MOST_STREAMS - 1);
      readers.add(new Reader(""));
      assertThat(readers.get(MOST_STREAMS - 1).until("event: state")).isNotEmpty();
    } finally {
      for (Reader reader : readers) {
        reader.close();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpVersion.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void stop_openStream_endsInOrderAndDoesNotWaitForTheDeadline(HttpVersion version)
      throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      HttpClientResponse answer = answer(vertx, version);
      AtomicInteger ended = new AtomicInteger();
      answer.handler(bytes -> {});
      answer.endHandler(nothing -> ended.incrementAndGet());
      answer.exceptionHandler(failure -> ended.addAndGet(100));
      answer.resume();
      await(() -> open.get() == 1);
      long begin = System.nanoTime();

      assertThat(port.stop()).isTrue();

      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      assertThat(took).isLessThan(OpenPort.PATIENCE.dividedBy(2));
      await(() -> ended.get() > 0);
      assertThat(ended.get()).isEqualTo(1);
    } finally {
      vertx.close().await();
    }
    open();
  }

  private HttpClientResponse answer(Vertx vertx, HttpVersion version) throws Exception {
    HttpClientOptions options =
        new HttpClientOptions().setProtocolVersion(version).setHttp2ClearTextUpgrade(false);
    HttpClient client = vertx.createHttpClient(options);
    clients.add(client);
    return client
        .request(HttpMethod.GET, port.port(), "127.0.0.1", "/stream")
        .compose(request -> request.send().onSuccess(HttpClientResponse::pause))
        .toCompletionStage()
        .toCompletableFuture()
        .get(OpenPort.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static void request(Socket socket, String headers) throws IOException {
    socket.setSoTimeout((int) OpenPort.PATIENCE.toMillis());
    String request = "GET /stream HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
  }

  private static long taken(Socket socket) throws IOException {
    long bytes = 0;
    byte[] part = new byte[1 << 16];
    for (int read = 0; read >= 0; read = socket.getInputStream().read(part)) {
      bytes += read;
    }
    return bytes;
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + OpenPort.PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static Mark mark(long number) {
    return new Mark(number, 100 * number, 1000 * number, "promoted", "version promoted");
  }

  /** A reader that takes what comes. */
  private final class Reader implements AutoCloseable {
    private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.port());
    private final BufferedReader lines;
    private final List<String> head;

    Reader(String headers) throws IOException {
      request(socket, headers);
      lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      head = until("");
      head.replaceAll(line -> line.substring(line.indexOf(':') + 1).strip());
    }

    /** Returns the lines up to this one, and the one after the last. */
    List<String> until(String last) throws IOException {
      List<String> read = new ArrayList<>();
      String line = "none";
      while (!line.equals(last)) {
        line = String.valueOf(lines.readLine());
        read.add(line);
        assertThat(line).isNotEqualTo("null");
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private final class TestFeed implements Feed {
    @Override
    public Buffer state() {
      states.incrementAndGet();
      return state;
    }

    @Override
    public Optional<History> history() {
      return Optional.of(history);
    }

    @Override
    public Optional<Look> look() {
      return Optional.empty();
    }

    @Override
    public void wantLook() {}
  }
}
