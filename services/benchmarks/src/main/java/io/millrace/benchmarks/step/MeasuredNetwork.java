package io.millrace.benchmarks.step;

import io.millrace.learning.losses.Loss;
import io.millrace.learning.losses.Losses;
import io.millrace.learning.network.NetworkDefinition;
import io.millrace.learning.optimizers.OptimizerDefinition;
import io.millrace.settings.Section;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A network whose training step is measured, as defined in {@code networks.yaml}.
 *
 * @param batches the measured batch sizes
 * @param tokens the exclusive bound of integer inputs; 0 for other inputs
 */
record MeasuredNetwork(
    String name,
    NetworkDefinition definition,
    Loss loss,
    OptimizerDefinition optimizer,
    List<Integer> batches,
    int tokens) {

  /** Returns the names of all networks, sorted. */
  static List<String> names() {
    return List.copyOf(documents().keySet());
  }

  /** Returns the network of that name. */
  static MeasuredNetwork named(String name) {
    Section section = Section.root(Objects.requireNonNull(documents().get(name), name));
    MeasuredNetwork network =
        new MeasuredNetwork(
            name,
            NetworkDefinition.read(section),
            Losses.read(section.typed("loss", "mean_squared_error")),
            OptimizerDefinition.read(section.typed("optimizer", "adam")),
            section.integers("batches", "batch sizes").required(),
            section.integer("tokens", "bound of the inputs").orElse(0));
    section.finish();
    return network;
  }

  private static Map<String, Map<String, Object>> documents() {
    try (InputStream yaml = MeasuredNetwork.class.getResourceAsStream("networks.yaml")) {
      Object document = new Load(LoadSettings.builder().build()).loadFromInputStream(yaml);
      @SuppressWarnings("unchecked") // Our own file is a map of maps.
      Map<String, Map<String, Object>> networks = (Map<String, Map<String, Object>>) document;
      return new TreeMap<>(networks);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
