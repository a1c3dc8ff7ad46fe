package io.millrace.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Slow HTTP/2 connections. */
class Http2LifeTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final TimeLimits SHORT_BODIES = new TimeLimits(LONG, SHORT, LONG);

  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  private HttpService service = service(SHORT_BODIES, request -> {});

  @AfterEach
  void stop() throws InterruptedException {
    service.stop(Duration.ofSeconds(30));
  }

  @Test
  void connection_withoutACall_endsInOrder() throws Exception {
    service = service(new TimeLimits(LONG, LONG, SHORT), request -> {});
    service.start();
    try (FrameClient idle = new FrameClient(service.port())) {
      assertThat(idle.next()).isEqualTo("GOAWAY " + Integer.MAX_VALUE);
      idle.answer(idle.next());
      assertThat(idle.next()).isEqualTo("GOAWAY 0");
      idle.answer(idle.next());
      assertThat(idle.next()).isEqualTo("end");
    }
  }

  @Test
  void connection_brokenRightAfterABrokenRequest_endsAndNothingIsLogged() throws Exception {
    Logger netty = (Logger) LoggerFactory.getLogger("io.netty");
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    netty.addAppender(logged);
    service.start();
    try (FrameClient broken = new FrameClient(service.port())) {
      broken.breakTwice(1);

      assertThat(broken.next()).isEqualTo("RST_STREAM 1 PROTOCOL_ERROR");
      assertThat(broken.next()).isEqualTo("end");
    }
    service.stop(LONG);
    netty.detachAppender(logged);

    assertThat(logged.list).isEmpty();
  }

  @Test
  void call_whoseBodyDoesNotCome_isReset() throws Exception {
    service.start();
    try (FrameClient slow = new FrameClient(service.port())) {
      slow.begin(1);

      assertThat(slow.next()).isEqualTo("RST_STREAM 1 CANCEL");
    }
  }

  @Test
  void call_answeredBeforeItsEnd_isNotHeldOpen() throws Exception {
    service = service(SHORT_BODIES, request -> request.response().end());
    service.start();
    try (FrameClient slow = new FrameClient(service.port())) {
      slow.begin(1);

      assertThat(slow.next()).isEqualTo("HEADERS 1");
      assertThat(slow.next()).startsWith("RST_STREAM 1 ");
    }
  }

  @Test
  void call_whoseAnswerIsNotTaken_isReset() throws Exception {
    service = service(SHORT_BODIES, request -> request.response().end("x".repeat(100_000)));
    service.start();
    try (FrameClient full = new FrameClient(service.port())) {
      full.request(1);

      String frame = full.next();
      while (frame.matches("(HEADERS|DATA|WINDOW_UPDATE|frame).*")) {
        frame = full.next();
      }
      assertThat(frame).isEqualTo("RST_STREAM 1 CANCEL");
    }
  }

  @Test
  void call_thatMayStayOpen_staysAndIsAnswered() throws Exception {
    service =
        service(
            new TimeLimits(LONG, Duration.ofMillis(200), SHORT),
            request -> {
              ConnectionLife.mayStayOpen(request);
              request.endHandler(nothing -> request.response().end());
            });
    service.start();
    try (FrameClient stream = new FrameClient(service.port())) {
      stream.begin(1);
      awaitAnotherConnectionsEnd();

      stream.end(1);

      assertThat(stream.next()).isEqualTo("HEADERS 1");
    }
  }

  @Test
  void head_isAnsweredWithoutABody() throws Exception {
    Handler<HttpServerRequest> answer =
        request -> {
          boolean isGet = request.method().equals(HttpMethod.GET);
          request.response().setStatusCode(isGet ? 200 : 500).end("a body");
        };
    service = service(SHORT_BODIES, new RequestChecks(answer, failures::add));
    service.start();
    try (FrameClient asking = new FrameClient(service.port())) {
      asking.head(1);
      asking.head(3);

      assertThat(asking.next()).isEqualTo("HEADERS 1");
      assertThat(asking.next()).isEqualTo("HEADERS 3");
    }
    assertThat(failures).isEmpty();
  }

  /** Waits longer than any limit. */
  private void awaitAnotherConnectionsEnd() throws IOException {
    try (FrameClient idle = new FrameClient(service.port())) {
      String frame = idle.next();
      while (!frame.equals("end")) {
        frame = idle.next();
      }
    }
  }

  private static HttpService service(TimeLimits times, Handler<HttpServerRequest> handler) {
    return new HttpService(
        "patient",
        new Transport(
            new Endpoint("patient", "127.0.0.1", 0),
            1,
            new HttpLimits(10, 10, 1024, times),
            Optional.empty()),
        vertx -> handler);
  }
}
