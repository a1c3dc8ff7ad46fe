package io.millrace.runtime.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.http.Endpoint;
import io.millrace.runtime.http.HttpService;
import io.millrace.runtime.http.TlsTest;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.settings.Section;
import io.netty.pkitesting.X509Bundle;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may use a management port, on real sockets. */
class ManagementAccessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void management_mutualTls_answersProbesWithoutACertificateAndNothingElse() throws Exception {
    // Given
    X509Bundle authority = TlsTest.authority("CN=authority");
    X509Bundle server = TlsTest.issued("CN=server", authority);
    Map<String, Object> tls =
        Map.of(
            "certificate", pem("server.crt", server.getCertificatePathPEM()),
            "key", pem("server.key", server.getPrivateKeyPEM()),
            "client_ca", pem("ca.crt", authority.getRootCertificatePEM()));
    HttpClient kubelet = TlsTest.client(authority, null);
    HttpClient prometheus = TlsTest.client(authority, TlsTest.issued("CN=prometheus", authority));

    // When
    try (Metrics metrics = new Metrics()) {
      HttpService service = service(Map.of("port", 0, "tls", tls), metrics);
      service.start();

      // Then
      assertThat(status(kubelet, service, "/livez")).isEqualTo(200);
      assertThat(status(kubelet, service, "/readyz")).isEqualTo(200);
      assertThat(status(kubelet, service, "/metrics")).isEqualTo(403);
      assertThat(status(prometheus, service, "/metrics")).isEqualTo(200);
      assertThat(service.stop(PATIENCE)).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "127.1.2.3, true",
    "localhost, true",
    "::1, true",
    "0.0.0.0, false",
    "::, false",
    "127.example.com, false",
    "192.168.127.1, false"
  })
  void isLoopback_hosts_areThoseThatThisMachineAloneReaches(String host, boolean expected) {
    assertThat(new Endpoint("management", host, 0).isLoopback()).isEqualTo(expected);
  }

  private static HttpService service(Map<String, Object> section, Metrics metrics) {
    Section root = Section.root(section);
    ManagementSettings settings = ManagementSettings.read(root, 0);
    root.finish();
    return new ManagementRoutes(new Health(), metrics).service(settings);
  }

  private static int status(HttpClient client, HttpService service, String path) throws Exception {
    URI address = URI.create("https://127.0.0.1:" + service.port() + path);
    HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  private String pem(String name, String content) throws Exception {
    return Files.writeString(folder.resolve(name), content).toString();
  }
}
