package io.millrace.predictor.answering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.predictor.following.TestModels;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mutual TLS without tokens: what a certificate allows. */
class CertificateAccessTest {
  @TempDir private Path folder;

  @Test
  void rest_certificate_allowsInferenceAndOperatorsEverything() throws Exception {
    X509Bundle authority = authority();
    Map<String, String> files = files("server", issued("CN=server", authority));
    files =
        Map.of(
            "certificate", files.get("crt"), "key", files.get("key"), "client_ca", files.get("ca"));
    Map<String, Object> options =
        Map.of("tls", files, "authentication", Map.of("operators", List.of("CN=ops, O=Acme")));
    try (RunningServer server =
        new RunningServer(TestModels.serving(TestModels.echo(7)), options)) {
      X509Bundle caller = issued("CN=caller,O=Acme", authority);
      X509Bundle operator = issued("CN=ops,O=Acme", authority);

      assertThat(status(server, caller, "/v2/models/echo")).isEqualTo(200);
      assertThat(status(server, caller, "/v2/models/echo/stats")).isEqualTo(403);
      assertThat(status(server, caller, "/metrics")).isEqualTo(403);
      assertThat(status(server, operator, "/v2/models/echo")).isEqualTo(200);
      assertThat(status(server, operator, "/v2/models/echo/stats")).isEqualTo(200);
      assertThat(status(server, operator, "/metrics")).isEqualTo(200);
    }
  }

  @Test
  void read_operatorsThatCannotBe_areReported() {
    assertThatThrownBy(() -> read(Map.of("operators", List.of("CN=ops"))))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("authentication.operators: is given without tls.client_ca");
    assertThatThrownBy(() -> read(Map.of("operators", List.of("ops"))))
        .hasMessageContaining("is ops; allowed: subjects such as CN=ops,O=Acme");
    assertThatThrownBy(() -> read(Map.of("operators", List.of("CN=ops"), "tokens", "t")))
        .hasMessageContaining("authentication.operators: is given beside tokens");
  }

  private static void read(Map<String, ?> authentication) {
    Section root = Section.root(Map.of("authentication", authentication));
    AnsweringSettings.read(root);
    root.finish();
  }

  private int status(RunningServer server, X509Bundle own, String path) throws Exception {
    Map<String, String> files = files("caller", own);
    HttpClientOptions options =
        new HttpClientOptions()
            .setSsl(true)
            .setTrustOptions(new PemTrustOptions().addCertPath(files.get("ca")))
            .setKeyCertOptions(
                new PemKeyCertOptions().setCertPath(files.get("crt")).setKeyPath(files.get("key")));
    return RunningServer.await(
        server
            .http(options)
            .request(HttpMethod.GET, server.service.port(), "127.0.0.1", path)
            .compose(request -> request.send().map(response -> response.statusCode())));
  }

  private Map<String, String> files(String name, X509Bundle bundle) throws Exception {
    return Map.of(
        "crt", pem(name + ".crt", bundle.getCertificatePathPEM()),
        "key", pem(name + ".key", bundle.getPrivateKeyPEM()),
        "ca", pem("ca.crt", bundle.getRootCertificatePEM()));
  }

  private String pem(String name, String content) throws Exception {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private static X509Bundle authority() throws Exception {
    return new CertificateBuilder()
        .ecp256()
        .subject("CN=authority")
        .setIsCertificateAuthority(true)
        .buildSelfSigned();
  }

  private static X509Bundle issued(String subject, X509Bundle authority) throws Exception {
    return new CertificateBuilder()
        .ecp256()
        .subject(subject)
        .addSanIpAddress("127.0.0.1")
        .buildIssuedBy(authority);
  }
}
