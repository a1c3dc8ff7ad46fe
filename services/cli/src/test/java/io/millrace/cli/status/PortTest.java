package io.millrace.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.predict.Access;
import io.millrace.runtime.http.Endpoint;
import io.millrace.runtime.http.HttpLimits;
import io.millrace.runtime.http.TlsSettings;
import io.millrace.runtime.http.Transport;
import io.vertx.core.http.ClientAuth;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortTest {
  @Test
  void serving_thatWantsCertificatesOfCallers_isToldWithoutAsking() throws Exception {
    ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    String address = "127.0.0.1:" + silent.getLocalPort();
    Port port = port(silent.getLocalPort());

    assertThat(port.serving("m").problem())
        .isEqualTo(
            "listens on "
                + address
                + "; it answers only callers with a certificate (tls.client_ca), and status has"
                + " none");

    silent.close();
    assertThat(port.serving("m").problem()).isEqualTo("none listens on " + address);
  }

  private static Port port(int number) {
    Path file = Path.of("any.pem");
    TlsSettings tls =
        new TlsSettings("serving.tls", file, file, Optional.of(file), ClientAuth.REQUIRED);
    Transport transport =
        new Transport(
            new Endpoint("serving", "127.0.0.1", number), 1, HttpLimits.DEFAULT, Optional.of(tls));
    return new Port(transport, new Access(null, null), Duration.ofSeconds(30));
  }
}
