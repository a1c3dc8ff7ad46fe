package io.millrace.cli.demo;

import io.millrace.cli.invocation.Configuration;
import io.millrace.runtime.SettingsFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The settings of the demo. */
final class DemoModel {
  private static final String RESOURCE = "demo.yaml";

  private DemoModel() {}

  static Configuration configuration(String bootstrapServers) {
    Map<String, String> overrides = new HashMap<>(System.getenv());
    overrides.put("MILLRACE_KAFKA__BOOTSTRAP_SERVERS", bootstrapServers);
    return SettingsFile.parse(Path.of(RESOURCE), text(), overrides).read(Configuration::read);
  }

  private static String text() {
    try (InputStream resource =
        Objects.requireNonNull(DemoModel.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
