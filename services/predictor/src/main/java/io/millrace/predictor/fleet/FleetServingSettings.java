package io.millrace.predictor.fleet;

import io.millrace.settings.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a fleet is served.
 *
 * @param model the fleet's name
 * @param key the field that is a request's key, if it is sent as an input; the parameter {@code
 *     key} always is
 * @param unknownKey what answers for a key that has no model
 * @param hotModels how many models are kept in memory; the others are read from disk when asked for
 * @param partitions the partitions of the checkpoints that are served; empty for all
 * @param folder the folder of the file of checkpoints, which is removed at the end
 */
public record FleetServingSettings(
    String model,
    Optional<String> key,
    UnknownKey unknownKey,
    int hotModels,
    List<Integer> partitions,
    Path folder) {
  public FleetServingSettings {
    partitions = List.copyOf(partitions);
  }

  /** What answers for a key that has no model. */
  public enum UnknownKey {
    /** The model that new keys begin with; the answer says so. */
    TEMPLATE,

    /** Nothing: the request is refused as NOT_FOUND. */
    NOT_FOUND
  }

  /** Reads the section {@code serving.fleet}, if there is a section {@code fleet}. */
  public static Optional<FleetServingSettings> read(Section root, String model) {
    if (!root.has("fleet")) {
      return Optional.empty();
    }
    Section fleet = root.section("fleet");
    fleet.ignore(fleet.tree().keySet().toArray(String[]::new));
    Object key = fleet.tree().get("key");
    Section serving = root.section("serving").section("fleet");
    return Optional.of(
        new FleetServingSettings(
            model,
            Optional.ofNullable(key).map(String::valueOf),
            serving
                .choice(
                    "unknown_key",
                    UnknownKey.class,
                    "What answers for a key without a model: the template, or nothing.")
                .orElse(UnknownKey.TEMPLATE),
            serving
                .integer("hot_models", "Models in memory; the others are read from disk.")
                .atLeast(1)
                .orElse(1000),
            serving
                .integers("partitions", "Partitions of keys that are served; all if left out.")
                .check("none below 0", list -> list.stream().allMatch(number -> number >= 0))
                .orElse(List.of()),
            serving
                .filePath("folder", "Folder of the file of all checkpoints.")
                .orElse(Path.of(System.getProperty("java.io.tmpdir")))));
  }
}
