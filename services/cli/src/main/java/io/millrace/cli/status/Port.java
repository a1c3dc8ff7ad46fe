package io.millrace.cli.status;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.predict.Access;
import io.millrace.runtime.http.Endpoint;
import io.millrace.runtime.http.Transport;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Asks a service's port over HTTP, in bounded time. Confined to one thread. */
final class Port {
  private static final int LONGEST = 1 << 20;

  private final URI root;
  private final Access access;
  private final Duration patience;

  /** Whether callers without a certificate are refused, as the command is. */
  private final boolean certified;

  private final HttpClient client;

  /**
   * @param access the authorities to trust and the token to send
   * @param patience how long each question may take
   */
  Port(Transport transport, Access access, Duration patience) {
    Endpoint endpoint = transport.endpoint();
    String scheme = transport.tls().isPresent() ? "https" : "http";
    this.root = URI.create("%s://%s:%d".formatted(scheme, host(endpoint), endpoint.port()));
    this.access = access;
    this.patience = patience;
    this.certified = transport.clientAuth() == ClientAuth.REQUIRED;
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(patience);
    if (access.authorities() != null && transport.tls().isPresent()) {
      builder.sslContext(trusting(access.authorities()));
    }
    this.client = builder.build();
  }

  /** Returns the address that is asked: where a port listens on every address, this machine's. */
  static String host(Endpoint endpoint) {
    return switch (endpoint.host()) {
      case "0.0.0.0" -> "127.0.0.1";
      case "::" -> "[::1]";
      default -> endpoint.host().contains(":") ? "[" + endpoint.host() + "]" : endpoint.host();
    };
  }

  /** Returns the whole state that a trainer's management port serves, or its readiness alone. */
  Asked<PortState> state() {
    Asked<PortState> asked = managed();
    PortState state = asked.value();
    return state == null || state.details().isEmpty() || state.details().containsKey("trainer")
        ? asked
        : Asked.none(
            "none: what answers on %s:%d trains nothing".formatted(root.getHost(), root.getPort()));
  }

  /** Returns a fleet's readiness, and what its metrics say of its models. */
  Asked<PortState> fleet() {
    return asked(
        () -> {
          HttpResponse<InputStream> answer = get("/metrics");
          boolean known = answer.statusCode() == 200;
          return readiness(
              known ? List.of() : why(answer.statusCode()),
              known
                  ? new JsonObject().put("fleet", FleetFigures.read(text(answer)))
                  : new JsonObject());
        });
  }

  private Asked<PortState> managed() {
    return asked(
        () -> {
          HttpResponse<InputStream> answer = get("/api/v1/state");
          if (answer.statusCode() != 200) {
            return readiness(why(answer.statusCode()), new JsonObject());
          }
          JsonObject state = new JsonObject(text(answer));
          return new PortState(
              Boolean.TRUE.equals(state.getBoolean("ready")),
              texts(state.getJsonArray("reasons")),
              texts(state.getJsonArray("remarks")),
              state);
        });
  }

  /** Returns a serving port's readiness and the metadata of a model. */
  Asked<PortState> serving(String model) {
    return asked(
        () -> {
          HttpResponse<InputStream> answer = get("/v2/models/" + model);
          boolean known = answer.statusCode() == 200;
          return readiness(
              known ? List.of() : why(answer.statusCode()),
              known ? new JsonObject(text(answer)) : new JsonObject());
        });
  }

  private PortState readiness(List<String> remarks, JsonObject details)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> answer = get("/readyz");
    List<String> lines = text(answer).lines().toList();
    boolean ready = answer.statusCode() == 200;
    return new PortState(
        ready,
        ready ? List.of() : lines,
        Stream.concat(ready ? lines.stream().skip(1) : Stream.of(), remarks.stream()).toList(),
        details);
  }

  /** Returns what stands between us and a path; nothing where the port is an older one. */
  private List<String> why(int status) {
    return status == 401 || status == 403
        ? List.of(
            access.tokenFile() == null
                ? "more is told with a token: --token-file"
                : "the token is not let in (HTTP %d)".formatted(status))
        : List.of();
  }

  private HttpResponse<InputStream> get(String path) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path)).timeout(patience);
    access.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    return client.send(request.build(), BodyHandlers.ofInputStream());
  }

  private static String text(HttpResponse<InputStream> answer) throws IOException {
    try (InputStream body = answer.body()) {
      return new String(body.readNBytes(LONGEST), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  private Asked<PortState> asked(Question question) {
    if (root.getPort() == 0) {
      return Asked.none("cannot be asked: its port is 0 in the settings, it chose one itself");
    }
    String address = root.getHost() + ":" + root.getPort();
    try {
      if (certified) {
        connect();
        return Asked.none(
            ("listens on %s; it answers only callers with a certificate (tls.client_ca), and status"
                    + " has none")
                .formatted(address));
      }
      return Asked.of(question.ask());
    } catch (HttpTimeoutException e) {
      return Asked.none(
          "has not answered on %s within %d s".formatted(address, patience.toSeconds()));
    } catch (ConnectException e) {
      return Asked.none("none listens on " + address);
    } catch (DecodeException | ClassCastException e) {
      return Asked.none("what answers on %s is no port of Millrace's".formatted(address));
    } catch (IOException e) {
      return Asked.none("cannot be asked on %s: %s".formatted(address, e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Asked.none("was not asked to the end");
    }
  }

  /** Only finds out whether a port is there. */
  private void connect() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(root.getHost(), root.getPort()), (int) patience.toMillis());
    }
  }

  private static List<String> texts(JsonArray array) {
    return array == null ? List.of() : array.stream().map(String::valueOf).toList();
  }

  private static SSLContext trusting(Path authorities) {
    try (InputStream file = Files.newInputStream(authorities)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
        store.setCertificateEntry("authority-" + number++, each);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new CommandFailedException("cannot read " + authorities + ": " + e.getMessage());
    }
  }

  @FunctionalInterface
  private interface Question {
    PortState ask() throws IOException, InterruptedException;
  }
}
