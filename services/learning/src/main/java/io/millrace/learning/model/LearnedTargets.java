package io.millrace.learning.model;

/** The targets of a mini-batch as the network learns them. Owned by one thread. */
public final class LearnedTargets {
  private final TargetScales scales;
  private final float[][] scaled;
  private final float[][] learned;

  /** Prepares for mini-batches of {@code rows} rows. */
  public LearnedTargets(ModelDefinition definition, Preprocessing preprocessing, int rows) {
    scales = preprocessing.targets();
    scaled = scales.memory(definition, rows);
    learned = new float[scaled.length][];
  }

  /** Returns the targets, scaled on a copy where the settings say so; valid until the next call. */
  public float[][] of(float[][] targets, int rows) {
    if (scales.isEmpty()) {
      return targets;
    }
    scales.scale(targets, scaled, rows);
    for (int output = 0; output < learned.length; output++) {
      learned[output] = scaled[output].length > 0 ? scaled[output] : targets[output];
    }
    return learned;
  }
}
