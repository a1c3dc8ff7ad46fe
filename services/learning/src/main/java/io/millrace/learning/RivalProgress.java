package io.millrace.learning;

/**
 * The state of one rival, a learner among several on one stream.
 *
 * @param name its name
 * @param share its weight in the combined answer: 0 to 1, and 1 over all rivals
 * @param loss the fading mean of its losses on records scored before they were trained on; NaN
 *     before the first
 * @param learningRate the rate of its next step
 * @param since how many records had been learned from when it began
 * @param changes what its settings change, in words such as {@code batch_size 1, learning_rate
 *     0.004}; empty if it changes nothing
 */
public record RivalProgress(
    String name, double share, double loss, double learningRate, long since, String changes) {

  /** Returns the name and what its settings change. */
  public String described() {
    return changes.isEmpty() ? name : name + " (" + changes + ")";
  }
}
