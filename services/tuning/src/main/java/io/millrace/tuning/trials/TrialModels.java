package io.millrace.tuning.trials;

import io.millrace.learning.evaluation.Scores;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.runtime.SettingsFile;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import io.millrace.trainer.TrainerSettings;
import io.millrace.tuning.search.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The models of trials: those of a settings file with some settings changed. Any thread may ask.
 */
public final class TrialModels {
  private final SettingsFile file;
  private final ModelDefinition given;

  /**
   * @param given the model as the file has it, which decoded the records
   */
  public TrialModels(SettingsFile file, ModelDefinition given) {
    this.file = file;
    this.given = given;
  }

  /**
   * Returns the model with other settings.
   *
   * @param values settings by the names of a search space
   * @throws InvalidSettingsException with all problems, if no model can have them
   */
  public TrialModel of(Map<String, Object> values) {
    TrainerSettings settings =
        file.changed(document -> Overlay.over(document, values)).read(TrainerSettings::read);
    requireSameRows(settings.definition());
    settings.learner().requireNoOtherModel();
    return new TrialModel(settings.definition(), settings.learner());
  }

  /**
   * Requires that a search can be made: its space leads to models, and they have the score.
   *
   * @throws InvalidSettingsException with the problems of all extremes of the space
   */
  public void require(SearchSpace space, Monitor monitor) {
    Set<Problem> problems = new LinkedHashSet<>(problems(monitor));
    for (Map<String, Object> values : space.extremes()) {
      try {
        TrialModel unused = of(values);
      } catch (InvalidSettingsException e) {
        e.problems().forEach(problem -> problems.add(of(problem, values)));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(new ArrayList<>(problems));
    }
  }

  /**
   * Requires that models have a score.
   *
   * @throws InvalidSettingsException if they have not
   */
  public void require(Monitor monitor) {
    List<Problem> problems = problems(monitor);
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
  }

  private List<Problem> problems(Monitor monitor) {
    List<String> scores = Scores.names(given).stream().map(name -> "val_" + name).toList();
    return scores.contains(monitor.name())
        ? List.of()
        : List.of(
            new Problem(
                "search.monitor",
                "is %s; allowed: one of %s".formatted(monitor.name(), String.join(", ", scores))));
  }

  private static Problem of(Problem problem, Map<String, Object> values) {
    return problem.path().startsWith("search.")
        ? problem
        : new Problem(problem.path(), problem.message() + " (tried " + values + ")");
  }

  private void requireSameRows(ModelDefinition definition) {
    if (!Arrays.equals(definition.inputWidths(), given.inputWidths())
        || !Arrays.equals(definition.targetWidths(), given.targetWidths())) {
      throw new InvalidSettingsException(
          List.of(
              new Problem(
                  "search.space",
                  "changes what a row of the model has; allowed: settings that leave the features"
                      + " and the form of the labels as they are")));
    }
  }
}
