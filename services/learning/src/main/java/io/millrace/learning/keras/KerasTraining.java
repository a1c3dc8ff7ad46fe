package io.millrace.learning.keras;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Keras' losses, metrics and optimizers as sections of settings. */
final class KerasTraining {
  private static final Map<String, String> SHORT_NAMES =
      Map.of(
          "bce", "binary_crossentropy",
          "kld", "kl_divergence",
          "kullback_leibler_divergence", "kl_divergence",
          "logcosh", "log_cosh",
          "mae", "mean_absolute_error",
          "mape", "mean_absolute_percentage_error",
          "mse", "mean_squared_error",
          "msle", "mean_squared_logarithmic_error",
          "acc", "accuracy",
          "auc", "roc_auc");

  /** Properties of a loss, a metric or an optimizer that do not change its values. */
  private static final Set<String> WITHOUT_MEANING =
      Set.of("name", "fn", "jit_compile", "is_legacy_optimizer");

  /** Values of arguments that have no effect. */
  private static final Map<String, Set<Object>> AT_DEFAULTS =
      Map.of(
          "axis", Set.of(-1),
          "reduction", Set.of("sum_over_batch_size", "auto", "mean"),
          "decay", Set.of(0.0, 0),
          "num_regressors", Set.of(0));

  /** The arguments of Keras' area under the curve for the ROC curve, except its precision. */
  private static final Map<String, Object> OF_ROC =
      Map.of(
          "curve",
          "ROC",
          "summation_method",
          "interpolation",
          "multi_label",
          false,
          "from_logits",
          false);

  private KerasTraining() {}

  static Map<String, Object> loss(KerasObject loss) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("type", name(loss));
    tree.putAll(arguments(loss));
    return tree;
  }

  static Map<String, Object> metric(KerasObject metric) {
    Map<String, Object> tree = loss(metric);
    if ("roc_auc".equals(tree.get("type"))) {
      tree.remove("num_thresholds");
      OF_ROC.forEach(tree::remove);
    }
    String name =
        metric.config().get("name") instanceof String given ? given : metric.smallLetters();
    if (!name.equals(tree.get("type")) && !metric.isFunction()) {
      tree.put("name", name);
    }
    return tree;
  }

  static Map<String, Object> optimizer(KerasObject optimizer) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("type", optimizer.kind().toLowerCase(Locale.ROOT));
    arguments(optimizer)
        .forEach((key, value) -> tree.put(key.equals("lr") ? "learning_rate" : key, value));
    if (tree.get("learning_rate") instanceof Map<?, ?> schedule) {
      KerasObject object = KerasObject.read(optimizer.owner(), "learning_rate", schedule);
      Map<String, Object> rate = new LinkedHashMap<>();
      rate.put("schedule", object.smallLetters());
      rate.putAll(object.arguments(WITHOUT_MEANING));
      tree.put("learning_rate", rate);
    }
    return tree;
  }

  private static String name(KerasObject object) {
    String name = object.smallLetters();
    return SHORT_NAMES.getOrDefault(name, name);
  }

  private static Map<String, Object> arguments(KerasObject object) {
    Map<String, Object> arguments = object.arguments(WITHOUT_MEANING);
    AT_DEFAULTS.forEach(
        (key, values) -> {
          Object given = arguments.get(key);
          if (given != null && values.contains(given)) {
            arguments.remove(key);
          }
        });
    return arguments;
  }
}
