package io.millrace.predictor;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.http.Endpoint;
import io.millrace.runtime.management.ManagementSettings;
import io.millrace.settings.Section;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PredictorSettingsTest {
  private static final Map<String, Object> MUTUAL_TLS =
      Map.of("certificate", "c.pem", "key", "k.pem", "client_ca", "ca.pem");

  @Test
  void management_servingPortThatAnyoneMayProbe_isNotWanted() {
    assertThat(management(Map.of())).isEmpty();
  }

  @Test
  void management_portGiven_isThere() {
    assertThat(management(Map.of("management", Map.of("host", "0.0.0.0", "port", 8082))))
        .contains(new Endpoint("serving.management", "0.0.0.0", 8082));
  }

  @Test
  void management_servingPortThatAsksForCertificates_isThatOfTheProcess() {
    assertThat(management(Map.of("tls", MUTUAL_TLS)))
        .contains(new Endpoint("management", "127.0.0.1", 8081));
    assertThat(management(Map.of("tls", MUTUAL_TLS, "management", Map.of("port", 8082))))
        .contains(new Endpoint("serving.management", "127.0.0.1", 8082));
  }

  private static Optional<Endpoint> management(Map<String, Object> serving) {
    Map<String, Object> document = new HashMap<>();
    document.put("model", "letters");
    document.put("kafka", Map.of("bootstrap_servers", "localhost:9092"));
    document.put("management", Map.of("port", 8081));
    document.put("file", Map.of("anything", "of those who read files"));
    document.put("serving", serving);
    Section root = Section.root(document);
    PredictorSettings settings = PredictorSettings.read(root);
    root.finish();
    return settings
        .management()
        .map(ManagementSettings::transport)
        .map(transport -> transport.endpoint());
  }
}
