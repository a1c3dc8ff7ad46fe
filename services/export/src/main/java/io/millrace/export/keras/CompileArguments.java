package io.millrace.export.keras;

import io.millrace.learning.losses.Losses;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import io.millrace.learning.optimizers.OptimizerDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@code model.compile()}: optimizer, losses and metrics, where Keras has them.
 */
final class CompileArguments {
  private static final Map<String, String> OPTIMIZERS =
      Map.of(
          "sgd", "SGD",
          "rmsprop", "RMSprop",
          "adagrad", "Adagrad",
          "adadelta", "Adadelta",
          "adam", "Adam",
          "adamw", "AdamW",
          "nadam", "Nadam",
          "adamax", "Adamax",
          "ftrl", "Ftrl",
          "lion", "Lion");
  private static final Map<String, String> OTHER_CLASSES =
      Map.of(
          "kl_divergence", "KLDivergence",
          "top_k_categorical_accuracy", "TopKCategoricalAccuracy",
          "sparse_top_k_categorical_accuracy", "SparseTopKCategoricalAccuracy");

  /** Metrics besides losses that measure the same in Keras. */
  private static final Set<String> METRICS =
      Set.of(
          "accuracy",
          "binary_accuracy",
          "categorical_accuracy",
          "sparse_categorical_accuracy",
          "top_k_categorical_accuracy",
          "sparse_top_k_categorical_accuracy",
          "mae",
          "mape",
          "mse",
          "msle");

  /** Metrics that measure the same in Keras for outputs of one number. */
  private static final Set<String> OF_ONE_NUMBER = Set.of("precision", "recall");

  private final ModelDefinition definition;
  private final List<String> remarks;

  private CompileArguments(ModelDefinition definition, List<String> remarks) {
    this.definition = definition;
    this.remarks = remarks;
  }

  /**
   * Returns the arguments.
   *
   * @param remarks takes a sentence for each setting that Keras does not have
   */
  static Map<String, Object> of(
      ModelDefinition definition, @Nullable OptimizerDefinition optimizer, List<String> remarks) {
    CompileArguments arguments = new CompileArguments(definition, remarks);
    Map<String, Object> tree = new LinkedHashMap<>();
    if (optimizer != null) {
      arguments.putOptimizer(tree, optimizer);
    }
    tree.put("loss", arguments.byOutput(arguments::loss));
    if (definition.outputs().size() > 1) {
      tree.put("loss_weights", arguments.byOutput(OutputSettings::lossWeight));
    }
    tree.put("metrics", arguments.byOutput(arguments::metrics));
    return tree;
  }

  /** Returns the value of the only output, or those of several by their names. */
  private Object byOutput(Function<OutputSettings, Object> value) {
    List<OutputSettings> outputs = definition.outputs();
    if (outputs.size() == 1) {
      return value.apply(outputs.get(0));
    }
    Map<String, Object> all = new LinkedHashMap<>();
    outputs.forEach(output -> all.put(output.name(), value.apply(output)));
    return all;
  }

  private void putOptimizer(Map<String, Object> tree, OptimizerDefinition optimizer) {
    Map<String, Object> options = KerasObjects.options(optimizer.options(), "sgd");
    String type = KerasObjects.takeType(options);
    if (options.get("learning_rate") instanceof Map<?, ?> schedule) {
      if (schedule.containsKey("warmup_steps") && !schedule.containsKey("warmup_target")) {
        remarks.add(
            "the optimizer is left out: its learning rate rises from 0 over warmup_steps, which"
                + " Keras' schedules do not");
        return;
      }
      options.put("learning_rate", schedule(schedule, optimizer.schedule().rate(0)));
    }
    String kind = OPTIMIZERS.getOrDefault(type, KerasObjects.camelCase(type));
    tree.put("optimizer", KerasObjects.object("keras.optimizers", kind, options));
  }

  private static Object schedule(Map<?, ?> schedule, double firstRate) {
    Map<String, Object> options = KerasObjects.options(schedule, "");
    options.remove("type");
    String name = String.valueOf(options.remove("schedule"));
    if (name.equals("constant") || name.equals("null")) {
      return firstRate;
    }
    if (!name.startsWith("piecewise")) {
      options.putIfAbsent("initial_learning_rate", firstRate);
    }
    return KerasObjects.object("keras.optimizers.schedules", KerasObjects.camelCase(name), options);
  }

  private Object loss(OutputSettings output) {
    Map<String, Object> options = KerasObjects.options(output.lossDefinition().options(), "");
    if (options.remove("class_weight") != null) {
      remarks.add(
          "output %s: class_weight is left out, which Keras takes in fit()"
              .formatted(output.name()));
    }
    return named("keras.losses", options);
  }

  private static Object named(String module, Map<String, Object> options) {
    String type = KerasObjects.takeType(options);
    return options.isEmpty()
        ? type
        : KerasObjects.object(
            module, OTHER_CLASSES.getOrDefault(type, KerasObjects.camelCase(type)), options);
  }

  private Object metrics(OutputSettings output) {
    List<Object> metrics = new ArrayList<>();
    for (Object metric : written(output)) {
      Map<String, Object> options = KerasObjects.options(metric, "accuracy");
      String type = String.valueOf(options.get("type"));
      if (isKnown(type, output)) {
        metrics.add(metric(type, options));
      } else {
        remarks.add(
            "output %s: the metric %s is left out, which Keras does not have or measures another"
                    .formatted(output.name(), type)
                + " way");
      }
    }
    return metrics;
  }

  private static Object metric(String type, Map<String, Object> options) {
    if (type.equals("accuracy") || type.length() <= 4) {
      return type; // Keras chooses the class
    }
    if (OF_ONE_NUMBER.contains(type)) {
      options.putIfAbsent("name", type);
    }
    return named("keras.metrics", options);
  }

  private boolean isKnown(String type, OutputSettings output) {
    boolean isLoss = Losses.names().contains(type);
    int width = definition.outputWidths()[definition.outputs().indexOf(output)];
    return METRICS.contains(type)
        || (isLoss && !type.contains("focal"))
        || (OF_ONE_NUMBER.contains(type) && width == 1);
  }

  /** Returns the metrics as the settings have them, which a definition keeps in its tree alone. */
  private List<?> written(OutputSettings output) {
    Object given =
        definition.tree().get("outputs") instanceof Map<?, ?> outputs
                && outputs.get(output.name()) instanceof Map<?, ?> settings
            ? settings.get("metrics")
            : null;
    if (given == null) {
      return List.of(output.metrics().get(0).name());
    }
    return given instanceof List<?> list ? list : List.of(given);
  }
}
