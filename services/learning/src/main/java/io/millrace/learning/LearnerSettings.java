package io.millrace.learning;

import io.millrace.learning.evaluation.Scores;
import io.millrace.learning.evaluation.ValidationSettings;
import io.millrace.learning.model.InitialWeights;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import io.millrace.learning.policies.EarlyStoppingSettings;
import io.millrace.learning.policies.ReduceLearningRateSettings;
import io.millrace.learning.rivals.RivalsSettings;
import io.millrace.learning.targets.TargetScaling;
import io.millrace.learning.training.TrainingSettings;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a model is trained.
 *
 * @param training how its network is trained
 * @param rivals how several learners on the stream are trained and combined; absent: there is one
 * @param validation how records are held out, and how often the model is evaluated on them
 * @param earlyStopping when training stops; absent: never
 * @param reduceLearningRate when the learning rate is reduced; absent: never
 * @param drift how drift is detected and what follows; absent: it is not watched for
 * @param restartAfter records after an early stop until a new round begins; absent: none begins
 */
public record LearnerSettings(
    TrainingSettings training,
    Optional<RivalsSettings> rivals,
    ValidationSettings validation,
    Optional<EarlyStoppingSettings> earlyStopping,
    Optional<ReduceLearningRateSettings> reduceLearningRate,
    Optional<DriftSettings> drift,
    Optional<Integer> restartAfter) {
  private static final double LEAST_WINDOWS = 1.5;

  /**
   * Reads the sections {@code training}, {@code validation}, {@code callbacks}, {@code drift} and
   * {@code rounds}.
   */
  public static LearnerSettings read(Section root, ModelDefinition definition) {
    TrainingSettings training = TrainingSettings.read(root.section("training"), definition);
    Optional<RivalsSettings> rivals = RivalsSettings.read(root, definition);
    double initialRate = training.optimizer().schedule().rate(0);
    Section callbacks = root.section("callbacks");
    Optional<EarlyStoppingSettings> earlyStopping =
        callbacks.optionalSection("early_stopping").map(EarlyStoppingSettings::read);
    Optional<ReduceLearningRateSettings> reduceLearningRate =
        callbacks
            .optionalSection("reduce_lr_on_plateau")
            .map(section -> ReduceLearningRateSettings.read(section, initialRate));
    List<String> monitors = Scores.names(definition).stream().map(name -> "val_" + name).toList();
    earlyStopping.ifPresent(
        chosen -> check(callbacks.section("early_stopping"), chosen.monitor(), monitors));
    reduceLearningRate.ifPresent(
        chosen -> check(callbacks.section("reduce_lr_on_plateau"), chosen.monitor(), monitors));
    return new LearnerSettings(
        training,
        rivals,
        ValidationSettings.read(root, batchSize(training, rivals)),
        earlyStopping,
        reduceLearningRate,
        DriftSettings.read(root),
        restartAfter(root));
  }

  /**
   * Requires that training begins without another model's checkpoints, for those who read none.
   *
   * @throws InvalidSettingsException if it does not
   */
  public void requireNoOtherModel() {
    if (training.initialWeights().flatMap(InitialWeights::model).isPresent()) {
      throw new InvalidSettingsException(
          List.of(
              new Problem(
                  "training.initial_weights.model",
                  "is read by a trainer alone; allowed here: file, which millrace export writes of"
                      + " that model")));
    }
  }

  /** Returns these settings with other initial weights. */
  public LearnerSettings with(InitialWeights weights) {
    return new LearnerSettings(
        training.beginningWith(Optional.of(weights)),
        rivals.map(set -> set.beginningWith(weights)),
        validation,
        earlyStopping,
        reduceLearningRate,
        drift,
        restartAfter);
  }

  private static Optional<Integer> restartAfter(Section root) {
    return root.section("rounds")
        .integer("restart_after", "records after an early stop until a new round begins")
        .atLeast(1)
        .optional();
  }

  private static void check(Section callback, String monitor, List<String> monitors) {
    if (!monitors.contains(monitor)) {
      callback.report(
          "monitor", "is " + monitor + "; allowed: one of " + String.join(", ", monitors));
    }
  }

  /** Returns warnings about settings that are valid but most likely not intended. */
  public List<String> warnings(ModelDefinition definition) {
    List<String> warnings = new ArrayList<>();
    earlyStopping
        .flatMap(
            stopping ->
                validation
                    .windowsIn(stopping.patience())
                    .filter(windows -> windows < LEAST_WINDOWS)
                    .map(windows -> shortPatience(stopping.patience(), windows)))
        .ifPresent(warnings::add);
    for (int i = 0; i < definition.outputs().size(); i++) {
      OutputSettings output = definition.outputs().get(i);
      String layer = definition.layerOf(i);
      if (output.targetScaling() != TargetScaling.NONE
          && training.initialWeights().filter(file -> file.fills(layer)).isPresent()) {
        warnings.add(scaledOutput(output.name(), layer));
      }
    }
    return warnings;
  }

  private static String scaledOutput(String output, String layer) {
    return ("training.initial_weights fills layer %s, and outputs.%s.target_scaling is given: what that"
            + " layer computes is taken for scaled targets. If the file's model learned targets as"
            + " they are, leave target_scaling out, or name other layers.")
        .formatted(layer, output);
  }

  private String shortPatience(int patience, double windows) {
    return String.format(
        Locale.ROOT,
        "callbacks.early_stopping.patience is %d, in which the validation window is renewed only"
            + " %.1f times: the best weights are compared mostly on records of their own time, and"
            + " training may stop while it still gains. Make it at least %d, or the window smaller.",
        patience,
        windows,
        (int) Math.ceil(patience * LEAST_WINDOWS / Math.max(windows, 1e-9)));
  }

  /** Returns how many records are trained on together: a mini-batch, or a block of rivals. */
  public int batchSize() {
    return batchSize(training, rivals);
  }

  /** Returns the most rows that are trained on together, replayed ones included. */
  int batchCapacity() {
    return rivals.map(RivalsSettings::block).orElseGet(training::batchCapacity);
  }

  private static int batchSize(TrainingSettings training, Optional<RivalsSettings> rivals) {
    return rivals.map(RivalsSettings::block).orElse(training.batchSize());
  }
}
