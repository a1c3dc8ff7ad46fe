package io.millrace.learning.losses;

/**
 * How far a prediction is from the margin on the side of its target, -1 or 1; a target of 0 means
 * -1.
 *
 * @param squared whether the distance is squared
 */
record Hinge(boolean squared) implements PointwiseLoss {

  @Override
  public float boundary() {
    return 0;
  }

  @Override
  public double value(double prediction, double target) {
    double distance = Math.max(0, 1 - side(target) * prediction);
    return squared ? distance * distance : distance;
  }

  @Override
  public double slope(double prediction, double target) {
    double distance = Math.max(0, 1 - side(target) * prediction);
    if (distance == 0) {
      return 0;
    }
    return -side(target) * (squared ? 2 * distance : 1);
  }

  private static double side(double target) {
    return target == 0 ? -1 : target;
  }
}
