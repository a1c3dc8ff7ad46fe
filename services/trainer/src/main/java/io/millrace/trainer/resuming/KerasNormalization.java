package io.millrace.trainer.resuming;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.checkpoints.DefinitionJson;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A layer Normalization of a Keras archive, with what it was given. */
record KerasNormalization(List<Double> means, List<Double> variances) {

  /** Returns the layers of an archive by the names of the inputs that they read. */
  static Map<String, KerasNormalization> read(Path file) {
    Map<String, KerasNormalization> byInput = new HashMap<>();
    if (!file.toString().endsWith(".keras")) {
      return byInput;
    }
    Map<?, ?> model = map(config(file).get("config"));
    for (Object each : list(model.get("layers"))) {
      Map<?, ?> layer = map(each);
      Map<?, ?> config = map(layer.get("config"));
      List<Double> means = numbers(config.get("mean"));
      List<Double> variances = numbers(config.get("variance"));
      if ("Normalization".equals(layer.get("class_name")) && means.size() == variances.size()) {
        byInput.put(source(layer), new KerasNormalization(means, variances));
      }
    }
    return byInput;
  }

  private static Map<String, Object> config(Path file) {
    try (ZipFile archive = new ZipFile(file.toFile())) {
      ZipEntry entry = archive.getEntry("config.json");
      return entry == null
          ? Map.of()
          : DefinitionJson.read(new String(archive.getInputStream(entry).readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the weights of the same archive have been read
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingsException(
          List.of(new Problem("FILE", "has a config.json that cannot be read: " + e.getMessage())));
    }
  }

  /** Returns the name of the layer that a layer reads: {@code keras_history} of its argument. */
  private static String source(Map<?, ?> layer) {
    List<?> nodes = list(layer.get("inbound_nodes"));
    List<?> arguments = nodes.isEmpty() ? List.of() : list(map(nodes.get(0)).get("args"));
    Object tensor = arguments.isEmpty() ? null : map(arguments.get(0)).get("config");
    List<?> history = list(map(tensor).get("keras_history"));
    return history.isEmpty() ? "" : String.valueOf(history.get(0));
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
