package io.millrace.page.history;

import io.millrace.page.json.JsonText;
import java.util.Map;

/**
 * An evaluation.
 *
 * @param number the event's number
 * @param records how many records had been consumed
 * @param scores by name
 * @param learningRate the rate of the next step; NaN if an older Millrace did not tell it
 * @param shares the weights of several learners in the combined answer, by their names; empty if
 *     there is only one learner
 */
public record Evaluated(
    long number,
    long records,
    long timeMillis,
    Map<String, Double> scores,
    double learningRate,
    Map<String, Double> shares)
    implements Happening {

  @Override
  public String type() {
    return "evaluation";
  }

  @Override
  public void write(JsonText json) {
    json.put("records", records)
        .put("time", timeMillis)
        .put("scores", scores)
        .put("learning_rate", learningRate)
        .put("shares", shares);
  }
}
