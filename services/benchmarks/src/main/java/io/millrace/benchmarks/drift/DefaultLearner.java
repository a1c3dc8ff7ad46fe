package io.millrace.benchmarks.drift;

import io.millrace.learning.Learner;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.LearningEvent;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.Rival;
import io.millrace.learning.model.RivalDocument;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Creates learners of the default configuration, {@code default.yaml}, for any stream of classes.
 */
public final class DefaultLearner {
  private DefaultLearner() {}

  /**
   * Creates a learner.
   *
   * @param changes sections that replace those of the default configuration
   */
  public static Learner of(
      RecordedStream stream, Map<String, ?> changes, Consumer<LearningEvent> events) {
    Section root = Section.root(document(stream, changes));
    ModelDefinition definition = ModelDefinition.read(root).inSinglePrecision();
    LearnerSettings settings = LearnerSettings.read(root, definition);
    root.finish();
    return new Learner(definition, settings, events);
  }

  /** Returns the model for a stream. */
  public static ModelDefinition definition(RecordedStream stream, Map<String, ?> changes) {
    Section root = Section.root(document(stream, changes));
    return ModelDefinition.read(root).inSinglePrecision();
  }

  /** Returns the learner's settings for a stream. */
  public static LearnerSettings settings(RecordedStream stream, Map<String, ?> changes) {
    Section root = Section.root(document(stream, changes));
    return LearnerSettings.read(root, ModelDefinition.read(root));
  }

  /** Returns the learners of {@code rivals: auto} for a stream. */
  public static List<Rival> rivals(RecordedStream stream) {
    Section root = Section.root(document(stream, Map.of("rivals", "auto")));
    return ModelDefinition.read(root).rivals();
  }

  /** Returns the changes that make the default configuration that of one rival alone. */
  public static Map<String, Object> alone(RecordedStream stream, Rival rival) {
    Section root = Section.root(document(stream, Map.of()));
    Map<String, Object> training = RivalDocument.training(root, ModelDefinition.read(root));
    return RivalDocument.merged(training, rival.overrides());
  }

  private static Map<String, Object> document(RecordedStream stream, Map<String, ?> changes) {
    Map<String, Map<String, Object>> defaults = Yaml.sections("default.yaml");
    List<String> classes = IntStream.range(0, stream.classes()).mapToObj(i -> "c" + i).toList();
    Map<String, Object> document =
        new LinkedHashMap<>(Objects.requireNonNull(defaults.get("learning")));
    document.put("inputs", Map.of("features", Map.of("fields", stream.fields())));
    document.put("outputs", Map.of("class", Map.of("classes", classes)));
    document.put("network", Map.of("layers", layers(defaults, classes.size())));
    document.putAll(changes);
    return document;
  }

  private static List<Object> layers(Map<String, Map<String, Object>> defaults, int classes) {
    List<Object> layers = new ArrayList<>();
    layers.addAll((List<?>) Objects.requireNonNull(defaults.get("network")).get("hidden"));
    layers.add(Map.of("type", "dense", "units", classes, "activation", "softmax"));
    return layers;
  }
}
