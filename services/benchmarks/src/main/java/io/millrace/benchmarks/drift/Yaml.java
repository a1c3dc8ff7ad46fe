package io.millrace.benchmarks.drift;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads the YAML resources of this package. */
final class Yaml {
  private Yaml() {}

  /** Returns the sections of a document by name, in order. */
  static Map<String, Map<String, Object>> sections(String name) {
    try (InputStream yaml = Yaml.class.getResourceAsStream(name)) {
      Object document = new Load(LoadSettings.builder().build()).loadFromInputStream(yaml);
      @SuppressWarnings("unchecked") // Our own files are maps of maps.
      Map<String, Map<String, Object>> sections = (Map<String, Map<String, Object>>) document;
      return sections;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
