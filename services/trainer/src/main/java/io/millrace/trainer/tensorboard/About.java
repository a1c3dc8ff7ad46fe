package io.millrace.trainer.tensorboard;

import io.millrace.learning.LearnerSettings;
import io.millrace.learning.evaluation.Scores;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.proto.tensorboard.v1.Summary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** What is told of a model besides its evaluations: its settings and its hyperparameters. */
final class About {
  private static final String CODE = "    "; // what Markdown takes for code

  private About() {}

  static Summary of(
      Map<String, Object> shown,
      ModelDefinition definition,
      LearnerSettings learner,
      double seconds) {
    List<String> scores = Scores.names(definition).stream().map(score -> "val_" + score).toList();
    return new Hyperparameters(shown, effective(definition, learner))
        .summary(scores, seconds).toBuilder()
            .addValue(Values.text("settings", code(shown)))
            .build();
  }

  private static Map<String, Object> effective(
      ModelDefinition definition, LearnerSettings learner) {
    Map<String, Object> effective = new LinkedHashMap<>();
    effective.put("training.optimizer", learner.training().optimizer().options());
    effective.put("training.batch_size", learner.batchSize());
    effective.put("network.parameters", definition.parameterCount());
    effective.put("training.seed", learner.training().seed());
    effective.put("validation.window", learner.validation().window());
    return effective;
  }

  private static String code(Map<String, Object> shown) {
    DumpSettings block = DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
    return new Dump(block)
        .dumpToString(shown)
        .lines()
        .map(line -> CODE + line)
        .collect(Collectors.joining("\n"));
  }
}
