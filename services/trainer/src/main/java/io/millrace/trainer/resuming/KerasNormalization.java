package io.millrace.trainer.resuming;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.checkpoints.DefinitionJson;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A layer Normalization of a Keras archive, with what it was given. */
record KerasNormalization(List<Double> means, List<Double> variances) {

  private static final String NAME = "name";

  /**
   * Returns the layers of an archive by the names of the inputs that they scale. The only input of
   * a model may have another name in the file.
   *
   * @throws InvalidSettingsException if the file cannot be read, or a layer scales something else
   *     than an input or was given no numbers
   */
  static Map<String, KerasNormalization> read(Path file, List<String> inputs) {
    return file.toString().endsWith(".keras")
        ? of(map(config(file).get("config")), inputs)
        : Map.of();
  }

  private static Map<String, KerasNormalization> of(Map<?, ?> model, List<String> inputs) {
    Map<String, KerasNormalization> byInput = new HashMap<>();
    Set<String> inputLayers = new HashSet<>(Set.of("")); // where a Sequential begins without one
    String before = "";
    for (Object each : list(model.get("layers"))) {
      Map<?, ?> layer = map(each);
      Map<?, ?> config = map(layer.get("config"));
      String name = String.valueOf(config.get(NAME));
      if ("InputLayer".equals(layer.get("class_name"))) {
        inputLayers.add(name);
      } else if ("Normalization".equals(layer.get("class_name"))) {
        String read = source(layer, before);
        String input = inputs.size() == 1 && inputLayers.contains(read) ? inputs.get(0) : read;
        if (!inputs.contains(input)) {
          throw refused(name, "reads no input of the settings; allowed: it reads an input itself");
        }
        byInput.put(input, given(name, config));
      }
      of(config, List.of()); // of a model within the model
      before = name;
    }
    return byInput;
  }

  private static KerasNormalization given(String name, Map<?, ?> config) {
    List<Double> means = numbers(config.get("mean"));
    List<Double> variances = numbers(config.get("variance"));
    boolean isInverted = Boolean.TRUE.equals(config.get("invert"));
    if (means.isEmpty() || means.size() != variances.size() || isInverted) {
      throw refused(
          name,
          "was adapted, inverts, or has no lists of numbers; allowed: Normalization(mean=[...],"
              + " variance=[...]), which may be given what adapt() found");
    }
    return new KerasNormalization(means, variances);
  }

  private static InvalidSettingsException refused(String layer, String why) {
    return refused("has a layer Normalization, %s, that %s".formatted(layer, why));
  }

  private static InvalidSettingsException refused(String message) {
    return new InvalidSettingsException(List.of(new Problem("FILE", message)));
  }

  private static Map<String, Object> config(Path file) {
    try (ZipFile archive = new ZipFile(file.toFile())) {
      ZipEntry entry = archive.getEntry("config.json");
      return entry == null
          ? Map.of()
          : DefinitionJson.read(new String(archive.getInputStream(entry).readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw refused(
          "is %s, which cannot be read: %s".formatted(file.getFileName(), e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw refused("has a config.json that cannot be read: " + e.getMessage());
    }
  }

  /**
   * Returns the name of the layer that a layer reads: {@code keras_history} of its argument in
   * Keras 3, the first entry of its node in Keras 2, the layer before it in a Sequential.
   */
  private static String source(Map<?, ?> layer, String before) {
    List<?> nodes = list(layer.get("inbound_nodes"));
    if (nodes.isEmpty()) {
      return before;
    }
    Object tensor = first(list(map(nodes.get(0)).get("args")));
    Object ofKeras2 = first(list(nodes.get(0)));
    List<?> history = list(map(map(tensor).get("config")).get("keras_history"));
    return String.valueOf(first(history.isEmpty() ? list(ofKeras2) : history));
  }

  private static @Nullable Object first(List<?> list) {
    return list.isEmpty() ? null : list.get(0);
  }

  private static List<Double> numbers(@Nullable Object value) {
    return list(value).stream()
        .filter(Number.class::isInstance)
        .map(number -> ((Number) number).doubleValue())
        .toList();
  }

  private static Map<?, ?> map(@Nullable Object tree) {
    return tree instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<?> list(@Nullable Object tree) {
    return tree instanceof List<?> list ? list : List.of();
  }
}
