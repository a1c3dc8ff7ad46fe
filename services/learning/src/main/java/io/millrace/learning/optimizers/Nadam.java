package io.millrace.learning.optimizers;

import static io.millrace.learning.expressions.Expression.number;
import static io.millrace.learning.expressions.Expression.variable;

import io.millrace.learning.expressions.Assignment;
import io.millrace.learning.expressions.Expression;
import io.millrace.learning.expressions.Expression.Variable;
import io.millrace.learning.state.State;
import java.util.List;
import java.util.Optional;

/**
 * Adam that looks one step ahead, with a momentum that warms up.
 *
 * <p>T. Dozat, "Incorporating Nesterov Momentum into Adam", ICLR 2016 workshop.
 */
final class Nadam implements UpdateRule {
  private static final double WARM_UP = 0.96;

  private final double beta1;
  private final double beta2;
  private final float epsilon;
  private double momentumProduct = 1;
  private float momentumFactor;
  private float gradientFactor;
  private float velocityFactor;

  Nadam(double beta1, double beta2, double epsilon) {
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = (float) epsilon;
  }

  @Override
  public List<String> slots() {
    return List.of("momentum", "velocity");
  }

  @Override
  public Optional<SquareAverage> squareAverage() {
    return Optional.of(new SquareAverage(1, beta2, 1 - beta2));
  }

  @Override
  public void prepare(long step, double learningRate) {
    double now = momentumOf(step);
    double next = momentumOf(step + 1);
    momentumProduct *= now;
    momentumFactor = (float) (learningRate * next / (1 - momentumProduct * next));
    gradientFactor = (float) (learningRate * (1 - now) / (1 - momentumProduct));
    velocityFactor = (float) (1 / (1 - Math.pow(beta2, step)));
  }

  private double momentumOf(long step) {
    return beta1 * (1 - 0.5 * Math.pow(WARM_UP, step));
  }

  @Override
  public void update(float[] parameters, float[] gradients, float[][] slots, int first, int end) {
    update(parameters, gradients, slots[0], slots[1], first, end);
  }

  private void update(
      float[] parameters,
      float[] gradients,
      float[] momentum,
      float[] velocity,
      int first,
      int end) {
    float share1 = (float) (1 - beta1);
    float share2 = (float) (1 - beta2);
    float epsilon = this.epsilon;
    float momentumFactor = this.momentumFactor;
    float gradientFactor = this.gradientFactor;
    float velocityFactor = this.velocityFactor;
    for (int i = first; i < end; i++) {
      float gradient = gradients[i];
      float m = momentum[i] + (gradient - momentum[i]) * share1;
      float v = velocity[i] + (Subnormals.square(gradient) - velocity[i]) * share2;
      momentum[i] = m;
      velocity[i] = v;
      parameters[i] -=
          (momentumFactor * m + gradientFactor * gradient)
              / ((float) Math.sqrt(v * velocityFactor) + epsilon);
    }
  }

  @Override
  public void save(State state) {
    state.put("momentum_product", momentumProduct);
  }

  @Override
  public void restore(State state) {
    momentumProduct = state.decimal("momentum_product");
  }

  @Override
  public List<Assignment> formulas() {
    Variable m = variable("momentum");
    Variable v = variable("velocity");
    Expression direction =
        m.times(number(() -> momentumFactor)).plus(GRADIENTS.times(number(() -> gradientFactor)));
    Expression size = v.times(number(() -> velocityFactor)).squareRoot().plus(epsilon);
    return List.of(
        m.becomes(m.plus(GRADIENTS.minus(m).times(1 - beta1))),
        v.becomes(v.plus(GRADIENTS.square().minus(v).times(1 - beta2))),
        PARAMETERS.becomes(PARAMETERS.minus(direction.over(size))));
  }
}
