package io.millrace.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A service that reads each request and answers how long its body was; there in every test. */
final class ReadingService implements BeforeEachCallback, AfterEachCallback {
  /** The head of a request without a body, but for its last line. */
  static final String HEAD = "GET / HTTP/1.1\r\nHost: here\r\n";

  private final HttpService service;

  ReadingService(Transport transport) {
    service =
        new HttpService(
            "reading",
            transport,
            vertx ->
                request ->
                    request
                        .body()
                        .onSuccess(body -> request.response().end("read " + body.length())));
  }

  int port() {
    return service.port();
  }

  @Override
  public void beforeEach(ExtensionContext test) throws InterruptedException {
    service.start();
  }

  @Override
  public void afterEach(ExtensionContext test) throws InterruptedException {
    assertThat(service.stop(Duration.ofSeconds(30))).isTrue();
  }
}
