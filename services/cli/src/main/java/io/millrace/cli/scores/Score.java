package io.millrace.cli.scores;

import io.millrace.client.Output;
import io.millrace.learning.model.OutputSettings;
import io.millrace.learning.model.OutputSettings.Label;
import java.util.List;

/**
 * How right the answers of one output are, over all rows with a label, beside a baseline: the most
 * frequent of these labels, or their mean. Confined to one thread.
 */
public interface Score {
  /** Standard errors by which a model has to be better than its baseline, as for the champion. */
  double SIGNIFICANCE = 1.64;

  /** Returns an empty score for an output. Several classes in one label are not scored. */
  static Score of(OutputSettings settings) {
    return settings.label() == Label.NUMBERS ? new NumberScore(settings) : new ClassScore(settings);
  }

  /**
   * Compares a row's answer with its label. A label that is not of the output's kind is ignored.
   */
  void add(Output output, int row, String label);

  /** Returns how many rows were compared. */
  long rows();

  /** Returns the number to compare models by. Undefined (NaN) without rows. */
  Headline headline();

  /**
   * Returns whether the answers are better than the baseline by more than chance: {@value
   * #SIGNIFICANCE} standard errors of the difference.
   */
  boolean isBetterThanBaseline();

  /** Returns the score for people: what it is, and its baseline. */
  List<String> lines();

  /**
   * Returns where the answers are worst, as a table: by class, or by tenths of the labels.
   *
   * @param most how many classes are listed
   */
  List<String> details(int most);

  /**
   * Returns the score for programs, such as {@code accuracy=0.9412 baseline=0.6300}.
   *
   * @param prefix stands before each name
   */
  String text(String prefix);
}
