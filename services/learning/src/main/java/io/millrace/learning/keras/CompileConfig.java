package io.millrace.learning.keras;

import io.millrace.learning.losses.Losses;
import io.millrace.learning.metrics.Metrics;
import io.millrace.learning.optimizers.OptimizerDefinition;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import io.millrace.settings.Section;
import io.millrace.settings.SectionText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The arguments of {@code model.compile()} that a file stores as {@code compile_config}.
 *
 * <p>They apply where the document has no setting of its own. An unsupported loss or optimizer is
 * refused then, because no other would be right. An unsupported metric is skipped, because it is
 * only reported.
 */
final class CompileConfig {
  private static final String NAME = "compile_config";

  /** Arguments about how Keras runs, not what it computes. */
  private static final Set<String> WITHOUT_MEANING =
      Set.of(
          "run_eagerly",
          "steps_per_execution",
          "jit_compile",
          "auto_scale_loss", // for float16, which is refused
          "pss_evaluation_shards",
          "from_serialized");

  private static final Set<String> KNOWN =
      Set.of("optimizer", "loss", "loss_weights", "metrics", "weighted_metrics");

  private final KerasModel model;
  private final Map<String, Object> config;
  private final List<String> remarks = new ArrayList<>();

  CompileConfig(KerasModel model) {
    this.model = model;
    this.config = model.compileConfig();
  }

  /** Implements {@link KerasFile#compile}. */
  KerasCompilation into(Map<String, Section> outputs, boolean hasOptimizer) {
    if (config.isEmpty()) {
      return KerasCompilation.NONE;
    }
    config.forEach(
        (key, value) -> {
          if (value != null && !KNOWN.contains(key) && !WITHOUT_MEANING.contains(key)) {
            remarks.add("%s.%s is passed over: not known here".formatted(NAME, key));
          }
        });
    outputs.forEach(
        (output, section) -> {
          PerOutput ofOutput = PerOutput.of(model, output, outputs.size());
          takeLoss(section, ofOutput);
          takeWeight(section, ofOutput);
          takeMetrics(section, ofOutput);
        });
    return new KerasCompilation(optimizer(hasOptimizer), remarks);
  }

  private void takeLoss(Section output, PerOutput ofOutput) {
    Object all = config.get("loss");
    if (all == null || isPassedOver(output, "loss")) {
      return;
    }
    Object loss = ofOutput.of(all);
    String setting = output.path() + ".loss";
    if (loss == null) {
      throw refused("loss is none for this output", setting);
    }
    Map<String, Object> tree = KerasTraining.loss(KerasObject.read(NAME, "loss", loss));
    check("loss", tree, setting, Losses::read);
    take(output, "loss", tree);
    if ("huber".equals(tree.get("type")) && !tree.containsKey("delta")) {
      remarks.add(
          "%s is a Huber loss without its delta, which Keras 3 leaves out: 1 is taken"
              .formatted(setting));
    }
  }

  private void takeWeight(Section output, PerOutput ofOutput) {
    Object weight = ofOutput.of(config.get("loss_weights"));
    if (weight == null || isPassedOver(output, "loss_weight")) {
      return;
    }
    if (!(weight instanceof Number number) || number.doubleValue() <= 0) {
      throw refused(
          "loss_weights has " + Json.written(weight) + "; allowed: a number above 0",
          output.path() + ".loss_weight");
    }
    take(output, "loss_weight", weight);
  }

  private void takeMetrics(Section output, PerOutput ofOutput) {
    List<Object> given =
        Stream.of("metrics", "weighted_metrics")
            .flatMap(key -> ofOutput.metrics(config.get(key)).stream())
            .distinct()
            .toList();
    if (given.isEmpty() || isPassedOver(output, "metrics")) {
      return;
    }
    Map<Object, Object> metrics = new LinkedHashMap<>();
    for (Object metric : given) {
      Map<String, Object> tree = KerasTraining.metric(KerasObject.read(NAME, "metrics", metric));
      Optional<Problem> unknown = problem("metrics", tree, Metrics::read);
      unknown.ifPresent(
          problem ->
              remarks.add(
                  "%s's metric %s is passed over: %s"
                      .formatted(output.path(), SectionText.line(tree), problem)));
      if (unknown.isEmpty()) {
        metrics.putIfAbsent(tree.getOrDefault("name", tree.get("type")), tree);
      }
    }
    if (!metrics.isEmpty()) {
      take(output, "metrics", List.copyOf(metrics.values()));
    }
  }

  private Map<String, Object> optimizer(boolean isSet) {
    Object given = config.get("optimizer");
    if (given == null) {
      return Map.of();
    }
    if (isSet) {
      remarks.add(NAME + ".optimizer is passed over: training.optimizer is set");
      return Map.of();
    }
    Map<String, Object> tree = KerasTraining.optimizer(KerasObject.read(NAME, "optimizer", given));
    check("optimizer", tree, "training.optimizer", OptimizerDefinition::read);
    remarks.add("training.optimizer is %s, from %s".formatted(SectionText.line(tree), NAME));
    return tree;
  }

  private boolean isPassedOver(Section output, String key) {
    if (output.has(key)) {
      remarks.add("%s's %s is passed over: %s.%s is set".formatted(NAME, key, output.path(), key));
    }
    return output.has(key);
  }

  private void take(Section output, String key, Object value) {
    output.assume(key, value);
    remarks.add(
        "%s.%s is %s, from %s".formatted(output.path(), key, SectionText.line(value), NAME));
  }

  /** Refuses an argument that its reader does not support. */
  private static void check(
      String key, Map<String, Object> tree, String setting, Consumer<Section> reader) {
    problem(key, tree, reader)
        .ifPresent(
            problem -> {
              throw refused(problem.toString(), setting);
            });
  }

  private static Optional<Problem> problem(
      String key, Map<String, Object> tree, Consumer<Section> reader) {
    Section root = Section.root(Map.of(key, tree));
    try {
      reader.accept(root.section(key));
      root.finish();
      return Optional.empty();
    } catch (InvalidSettingsException unknown) {
      return Optional.of(unknown.problems().get(0));
    }
  }

  private static InvalidSettingsException refused(String problem, String setting) {
    return UnsupportedKeras.architecture(
        "has a " + NAME + " whose " + problem + "; or set " + setting);
  }
}
