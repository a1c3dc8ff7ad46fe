package io.millrace.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.settings.InvalidSettingsException;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.http.ClientAuth;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS on real sockets: the server's certificate, the callers', and changes at run time. */
public class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static X509Bundle authority;
  private static X509Bundle stranger;
  private static X509Bundle server;

  @TempDir private Path folder;
  private @Nullable HttpService service;

  @BeforeAll
  static void issue() throws Exception {
    authority = authority("CN=authority");
    stranger = authority("CN=stranger");
    server = issued("CN=server", authority);
  }

  @BeforeEach
  void write() throws IOException {
    write(server);
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (service != null) {
      assertThat(service.stop(PATIENCE)).isTrue();
    }
  }

  @Test
  void request_trustedServer_isAnsweredByHttp2() throws Exception {
    start(Optional.empty());

    HttpResponse<String> response = client(authority, null).send(request(), text());

    assertThat(response.body()).isEqualTo("hello");
    assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
  }

  @Test
  void request_serverOfAnotherAuthority_isNotTrusted() throws Exception {
    start(Optional.empty());

    assertThatThrownBy(() -> client(stranger, null).send(request(), text()))
        .isInstanceOf(SSLException.class);
  }

  @Test
  void request_certificateNeeded_isAnsweredToThoseOfTheAuthorityAlone() throws Exception {
    start(Optional.of(pem("clients.pem", authority.getRootCertificatePEM())));

    assertThat(
            client(authority, issued("CN=caller", authority)).send(request(), text()).statusCode())
        .isEqualTo(200);
    assertThatThrownBy(() -> client(authority, null).send(request(), text()))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(
            () -> client(authority, issued("CN=caller", stranger)).send(request(), text()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void request_filesReplaced_seesTheNewCertificate() throws Exception {
    start(Optional.empty());
    HttpClient before = client(authority, null);
    assertThat(subject(before)).isEqualTo("CN=server");

    write(issued("CN=renewed", authority));

    await(() -> subject(client(authority, null)).equals("CN=renewed"));
    assertThat(subject(before)).as("on its connection from before").isEqualTo("CN=server");
  }

  @Test
  void request_newKeyWithoutItsCertificateYet_seesTheOldCertificate() throws Exception {
    start(Optional.empty());
    X509Bundle renewed = issued("CN=renewed", authority);

    pem("server.key", renewed.getPrivateKeyPEM());
    LockSupport.parkNanos(Duration.ofMillis(1200).toNanos()); // long enough for two checks
    assertThat(subject(client(authority, null))).isEqualTo("CN=server");

    pem("server.crt", renewed.getCertificatePathPEM());
    await(() -> subject(client(authority, null)).equals("CN=renewed"));
  }

  @Test
  void start_keyOfAnotherCertificate_isRefused() throws Exception {
    pem("server.key", issued("CN=other", authority).getPrivateKeyPEM());

    assertThatThrownBy(() -> start(Optional.empty()))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("serving.tls.key")
        .hasMessageContaining("allowed: the private key of the certificate");
  }

  @Test
  void request_certificateAskedForAlone_isAnsweredWithoutOne() throws Exception {
    Path authorities = pem("clients.pem", authority.getRootCertificatePEM());
    start(Optional.of(authorities), ClientAuth.REQUEST);

    assertThat(client(authority, null).send(request(), text()).statusCode()).isEqualTo(200);
  }

  @Test
  void start_noCertificateInTheFile_isRefused() throws Exception {
    pem("server.crt", "nothing");

    assertThatThrownBy(() -> start(Optional.empty()))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("serving.tls.certificate");
  }

  @Test
  void handshake_thatNeverEnds_isClosedAfterTheHeadsTime() throws Exception {
    Duration second = Duration.ofSeconds(1);
    Duration minute = Duration.ofMinutes(1);
    start(
        Optional.empty(),
        ClientAuth.REQUIRED,
        new HttpLimits(3, 10, 1024, new TimeLimits(second, minute, minute)));
    byte[] hello = clientHello();

    for (byte[] begun : List.of(new byte[0], Arrays.copyOf(hello, hello.length / 2), hello)) {
      try (Conversation handshake = new Conversation(request().uri().getPort())) {
        handshake.send(begun).head(); // whatever the server answers

        assertThat(handshake.hasEnded()).isTrue();
      }
    }
    assertThat(subject(client(authority, null))).isEqualTo("CN=server");
  }

  private static byte[] clientHello() throws Exception {
    SSLEngine client = SSLContext.getDefault().createSSLEngine();
    client.setUseClientMode(true);
    ByteBuffer hello = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
    client.wrap(ByteBuffer.allocate(0), hello);
    return Arrays.copyOf(hello.array(), hello.position());
  }

  private void start(Optional<Path> clientAuthorities) throws InterruptedException {
    start(clientAuthorities, ClientAuth.REQUIRED);
  }

  private void start(Optional<Path> clientAuthorities, ClientAuth asked)
      throws InterruptedException {
    start(clientAuthorities, asked, HttpLimits.DEFAULT);
  }

  private void start(Optional<Path> clientAuthorities, ClientAuth asked, HttpLimits limits)
      throws InterruptedException {
    TlsSettings tls =
        new TlsSettings(
            "serving.tls",
            folder.resolve("server.crt"),
            folder.resolve("server.key"),
            clientAuthorities,
            asked);
    service =
        new HttpService(
            "serving",
            new Transport(new Endpoint("serving", "127.0.0.1", 0), 2, limits, Optional.of(tls)),
            vertx -> request -> request.response().end("hello"));
    service.start();
  }

  private void write(X509Bundle identity) throws IOException {
    pem("server.key", identity.getPrivateKeyPEM());
    pem("server.crt", identity.getCertificatePathPEM());
  }

  private Path pem(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private HttpRequest request() {
    int port = service == null ? 0 : service.port();
    return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/"))
        .timeout(PATIENCE)
        .build();
  }

  private static HttpResponse.BodyHandler<String> text() {
    return HttpResponse.BodyHandlers.ofString();
  }

  private String subject(HttpClient client) throws Exception {
    X509Certificate shown =
        (X509Certificate)
            client.send(request(), text()).sslSession().orElseThrow().getPeerCertificates()[0];
    return shown.getSubjectX500Principal().getName();
  }

  public static HttpClient client(X509Bundle trusted, @Nullable X509Bundle own) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own == null ? empty() : own.toKeyStore(PASSWORD), PASSWORD);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), new TrustManager[] {trusted.toTrustManager()}, null);
    return HttpClient.newBuilder().sslContext(tls).connectTimeout(PATIENCE).build();
  }

  private static KeyStore empty() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD);
    return store;
  }

  public static X509Bundle authority(String name) throws Exception {
    return new CertificateBuilder()
        .ecp256()
        .subject(name)
        .setIsCertificateAuthority(true)
        .buildSelfSigned();
  }

  public static X509Bundle issued(String name, X509Bundle issuer) throws Exception {
    return new CertificateBuilder()
        .ecp256()
        .subject(name)
        .addSanIpAddress("127.0.0.1")
        .buildIssuedBy(issuer);
  }

  private static void await(Condition condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }
}
