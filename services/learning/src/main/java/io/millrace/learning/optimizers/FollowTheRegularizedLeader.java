package io.millrace.learning.optimizers;

import static io.millrace.learning.expressions.Expression.constant;
import static io.millrace.learning.expressions.Expression.number;
import static io.millrace.learning.expressions.Expression.variable;

import io.millrace.learning.expressions.Assignment;
import io.millrace.learning.expressions.Expression;
import io.millrace.learning.expressions.Expression.Variable;
import java.util.List;

/**
 * Follow the regularized leader, {@code ftrl}: the parameters that would have been best so far
 * under l1 and l2 penalties. Many are exactly zero.
 *
 * <p>H. B. McMahan et al., "Ad Click Prediction: a View from the Trenches", KDD 2013.
 */
final class FollowTheRegularizedLeader implements UpdateRule {

  /**
   * @param power the power of the accumulated squares by which the learning rate falls, at most 0
   * @param shrinkage an l2 penalty on the gradient's part only
   * @param beta Keras' beta, added to the root of the accumulated squares
   */
  record Options(
      double power,
      double initialAccumulator,
      double l1,
      double l2,
      double shrinkage,
      double beta) {}

  private final Options options;
  private double learningRate;

  FollowTheRegularizedLeader(Options options) {
    this.options = options;
  }

  @Override
  public List<String> slots() {
    return List.of("accumulator", "linear");
  }

  @Override
  public float initialSlotValue(int slot) {
    return slot == 0 ? (float) options.initialAccumulator : 0;
  }

  @Override
  public void prepare(long step, double learningRate) {
    this.learningRate = learningRate;
  }

  @Override
  public void update(float[] parameters, float[] gradients, float[][] slots, int first, int end) {
    update(parameters, gradients, slots[0], slots[1], first, end);
  }

  private void update(
      float[] parameters,
      float[] gradients,
      float[] accumulator,
      float[] linear,
      int first,
      int end) {
    if (learningRate == 0) {
      return; // as at the start of a warm-up; the loop divides by the rate
    }
    boolean squareRoot = options.power == -0.5;
    float inverseRate = (float) (1 / learningRate);
    float l1 = (float) options.l1;
    float l2 = (float) (2 * options.l2 + options.beta / learningRate);
    float shrinkage = (float) (2 * options.shrinkage);
    for (int i = first; i < end; i++) {
      float gradient = gradients[i];
      float parameter = parameters[i];
      float oldSum = accumulator[i];
      float sum = oldSum + gradient * gradient;
      float oldRoot = squareRoot ? (float) Math.sqrt(oldSum) : power(oldSum);
      float root = squareRoot ? (float) Math.sqrt(sum) : power(sum);
      float pull = (root - oldRoot) * inverseRate * parameter;
      float z = linear[i] + gradient + shrinkage * parameter - pull;
      float excess = z - Math.max(-l1, Math.min(l1, z));
      parameters[i] = -excess / (root * inverseRate + l2);
      accumulator[i] = sum;
      linear[i] = z;
    }
  }

  private float power(float sum) {
    return (float) Math.pow(sum, -options.power);
  }

  @Override
  public List<Assignment> formulas() {
    Variable sum = variable("accumulator");
    Variable linear = variable("linear");
    // At a rate of zero nothing changes: values are computed with a rate of one and then discarded.
    Expression rate = number(() -> learningRate == 0 ? 1 : learningRate);
    Expression taken = number(() -> learningRate == 0 ? 0 : 1);
    Expression newSum = sum.plus(GRADIENTS.square());
    Expression shrunk = GRADIENTS.plus(PARAMETERS.times(2 * options.shrinkage));
    Expression growth = root(newSum).minus(root(sum)).over(rate);
    Expression excess = linear.minus(linear.maximum(-options.l1).minimum(options.l1));
    Expression weight = constant(options.beta).over(rate).plus(2 * options.l2);
    Expression best = excess.over(root(sum).over(rate).plus(weight)).times(-1);
    return List.of(
        linear.becomes(linear.plus(shrunk.minus(growth.times(PARAMETERS)).times(taken))),
        sum.becomes(sum.plus(GRADIENTS.square().times(taken))),
        PARAMETERS.becomes(PARAMETERS.plus(best.minus(PARAMETERS).times(taken))));
  }

  private Expression root(Expression sum) {
    return sum.power(-options.power);
  }
}
