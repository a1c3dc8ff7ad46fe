package io.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.millrace.quickstart.FreePort;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code status} at a management port with a certificate of an authority that Java does not know.
 */
@Timeout(120)
class StatusOverTlsTest {
  private static final String NAME = "trainer";
  private static final String PASSWORD = "changeit";
  private static final String STATE =
      "{\"ready\":true,\"trainer\":{\"phase\":\"TRAINING\",\"records\":1200}}";

  @TempDir private Path folder;
  private HttpsServer management;
  private Path certificate;

  @BeforeEach
  void start() throws Exception {
    KeyStore store = identity();
    certificate = pem("CERTIFICATE", store.getCertificate(NAME).getEncoded());
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    management = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    management.setHttpsConfigurator(new HttpsConfigurator(context));
    management.createContext(
        "/api/v1/state",
        call -> {
          call.sendResponseHeaders(200, STATE.length());
          call.getResponseBody().write(STATE.getBytes(UTF_8));
          call.close();
        });
    management.start();
  }

  @AfterEach
  void stop() {
    management.stop(0);
  }

  @Test
  void status_authorityIsTrusted_isAnswered() throws Exception {
    assertThat(status("--trust", certificate.toString()).output())
        .contains("ready, training: 1,200 records");
  }

  @Test
  void status_authorityIsUnknown_saysSo() throws Exception {
    assertThat(status().output())
        .contains("cannot be asked on 127.0.0.1:%d: ".formatted(management.getAddress().getPort()))
        .doesNotContain("\tat ");
  }

  private CommandRun status(String... more) throws Exception {
    String yaml =
        """
        model: m
        kafka: {bootstrap_servers: "127.0.0.1:%d"}
        records: {topic: rows}
        inputs: {x: {fields: [a]}}
        outputs: {y: {}}
        network: {layers: [{type: dense, units: 1}]}
        serving: {port: %d}
        management: {port: %d, tls: {certificate: CERTIFICATE.pem, key: CERTIFICATE.pem}}
        """
            .formatted(FreePort.find(), FreePort.find(), management.getAddress().getPort());
    Path file = Files.writeString(folder.resolve("m.yaml"), yaml);
    List<String> words =
        new ArrayList<>(List.of("status", "--config", file.toString(), "--timeout", "8"));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray(String[]::new));
  }

  private KeyStore identity() throws Exception {
    Path file = folder.resolve("identity.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                (keytool
                        + " -genkeypair -keyalg EC -dname CN=trainer -ext SAN=ip:127.0.0.1"
                        + " -storetype PKCS12 -storepass changeit -alias trainer -keystore "
                        + file)
                    .split(" "))
            .inheritIO()
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream bytes = Files.newInputStream(file)) {
      store.load(bytes, PASSWORD.toCharArray());
    }
    return store;
  }

  private Path pem(String type, byte[] content) throws Exception {
    String text = Base64.getMimeEncoder().encodeToString(content);
    return Files.writeString(
        folder.resolve(type + ".pem"),
        "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(type, text, type));
  }
}
