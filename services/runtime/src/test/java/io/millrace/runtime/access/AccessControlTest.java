package io.millrace.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.http.Endpoint;
import io.millrace.runtime.http.HttpService;
import io.millrace.runtime.http.Transport;
import io.millrace.settings.Section;
import io.vertx.core.http.ClientAuth;
import io.vertx.grpc.common.GrpcStatus;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may call a server, on real sockets. */
class AccessControlTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final List<GrpcStatus> denied = new CopyOnWriteArrayList<>();
  private Signing signing;
  private HttpService service;

  @BeforeEach
  void start() throws Exception {
    signing = new Signing();
    Files.writeString(folder.resolve("tokens"), "infer abc\nadmin xyz\n");
    Files.writeString(folder.resolve("jwks.json"), signing.keys());
    Map<String, String> authentication =
        Map.of(
            "tokens", folder.resolve("tokens").toString(),
            "jwks", folder.resolve("jwks.json").toString(),
            "issuer", Signing.ISSUER);
    AccessControl access =
        new AccessControl(
            AccessSettings.read(Section.root(authentication), ClientAuth.NONE), ClientAuth.NONE);
    service =
        new HttpService(
            "guarded",
            Transport.plain(new Endpoint("test", "127.0.0.1", 0)),
            vertx ->
                access.guard(
                    vertx,
                    request -> request.path().equals("/open") ? null : Role.ADMIN,
                    (request, denial) -> denied.add(denial.status()),
                    request -> request.response().end("hello")));
    service.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    assertThat(service.stop(PATIENCE)).isTrue();
  }

  @Test
  void guard_openPath_needsNothing() throws Exception {
    assertThat(status("/open", "")).isEqualTo(200);
    assertThat(denied).isEmpty();
  }

  @Test
  void guard_listedToken_isLetThroughByItsRole() throws Exception {
    assertThat(status("/closed", "")).isEqualTo(401);
    assertThat(status("/closed", "Bearer abc")).isEqualTo(403);
    assertThat(status("/closed", "Bearer xyz")).isEqualTo(200);
    assertThat(denied).containsExactly(GrpcStatus.UNAUTHENTICATED, GrpcStatus.PERMISSION_DENIED);
  }

  @Test
  void guard_signedToken_isLetThroughUntilItEnds() throws Exception {
    Instant now = Instant.now();

    assertThat(status("/closed", "Bearer " + signing.token("admin", now.plusSeconds(600))))
        .isEqualTo(200);
    assertThat(status("/closed", "Bearer " + signing.token("admin", now.minusSeconds(600))))
        .isEqualTo(401);
  }

  @Test
  void guard_tokensThatChange_countWithoutARestart() throws Exception {
    Files.writeString(folder.resolve("tokens"), "admin new\n");

    long end = System.nanoTime() + PATIENCE.toNanos();
    while (status("/closed", "Bearer new") != 200 && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }

    assertThat(status("/closed", "Bearer new")).isEqualTo(200);
    assertThat(status("/closed", "Bearer xyz")).isEqualTo(401);
  }

  private int status(String path, String authorization) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
            .timeout(PATIENCE);
    if (!authorization.isEmpty()) {
      request.header("authorization", authorization);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }
}
