package io.millrace.benchmarks.fashion;

import io.millrace.learning.network.NetworkDefinition;
import io.millrace.settings.Section;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A network that learns Fashion-MNIST, as defined in {@code networks.yaml}.
 *
 * @param target the test accuracy that it must reach
 * @param epochs passes over the training images
 */
record FashionNetwork(
    String name, NetworkDefinition definition, double target, int epochs, int batchSize) {

  /** Returns the names of all networks. */
  static List<String> names() {
    return List.copyOf(documents().keySet());
  }

  /** Returns the network of that name. */
  static FashionNetwork named(String name) {
    Section section = Section.root(Objects.requireNonNull(documents().get(name), name));
    FashionNetwork network =
        new FashionNetwork(
            name,
            NetworkDefinition.read(section),
            section.decimal("target", "test accuracy").required(),
            section.integer("epochs", "passes over the images").required(),
            section.integer("batch_size", "images of a mini-batch").required());
    section.finish();
    return network;
  }

  private static Map<String, Map<String, Object>> documents() {
    try (InputStream yaml = FashionNetwork.class.getResourceAsStream("networks.yaml")) {
      Object document = new Load(LoadSettings.builder().build()).loadFromInputStream(yaml);
      @SuppressWarnings("unchecked") // Our own file is a map of maps.
      Map<String, Map<String, Object>> networks = (Map<String, Map<String, Object>>) document;
      return new LinkedHashMap<>(networks);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
