package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  @TempDir private static Path folder;

  private static Identity server;
  private static Identity user;

  @BeforeAll
  static void createIdentities() throws Exception {
    server = Identity.create(folder, "server");
    user = Identity.create(folder, "user");
  }

  @Test
  void predict_trustedPredictor_isAnswered() throws IOException {
    try (FakePredictor predictor = FakePredictor.answering("1", encrypted());
        PredictorClient client = client(predictor, Tls.trusting(server.certificate()))) {
      assertThat(client.predict(request()).version()).isEqualTo("1");
    }
  }

  @Test
  void predict_predictorThatAsksWhoWeAre_isTold() throws IOException {
    HttpServerOptions mutual =
        encrypted()
            .setClientAuth(ClientAuth.REQUIRED)
            .setTrustOptions(new PemTrustOptions().addCertPath(user.certificate().toString()));
    Tls tls = Tls.trusting(server.certificate()).identifiedBy(user.certificate(), user.key());
    try (FakePredictor predictor = FakePredictor.answering("1", mutual);
        PredictorClient client = client(predictor, tls)) {
      assertThat(client.predict(request()).version()).isEqualTo("1");
    }
  }

  @Test
  void predict_predictorNotTrusted_failsAtOnce() {
    try (FakePredictor predictor = FakePredictor.answering("1", encrypted());
        PredictorClient client = client(predictor, Tls.trusting(user.certificate()))) {
      assertThatThrownBy(() -> client.predict(request()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no answer from " + predictor.address());
      assertThat(predictor.requests).isEmpty();
    }
  }

  private static HttpServerOptions encrypted() {
    return new HttpServerOptions()
        .setSsl(true)
        .setUseAlpn(true)
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .setCertPath(server.certificate().toString())
                .setKeyPath(server.key().toString()));
  }

  private static PredictorClient client(FakePredictor predictor, Tls tls) {
    return new PredictorClient(ClientOptions.of(predictor.address()).withTls(tls));
  }

  private static PredictionRequest request() {
    return PredictionRequest.to("echo").numbers("pair", new float[] {1, 2});
  }
}
