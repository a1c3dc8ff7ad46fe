package io.millrace.learning.features;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What was learned of numbers that are only shifted and scaled: the network sees {@code (x - shift)
 * / divisor}.
 *
 * @param shifts one per number
 * @param divisors one per number; infinite where the network always sees 0
 */
public record LinearScaling(List<Double> shifts, List<Double> divisors) {

  public LinearScaling {
    shifts = List.copyOf(shifts);
    divisors = List.copyOf(divisors);
  }

  /** Returns the scaling of {@code width} numbers that are treated alike. */
  static LinearScaling alike(int width, double shift, double divisor) {
    return new LinearScaling(
        Collections.nCopies(width, shift), Collections.nCopies(width, divisor));
  }

  /** Returns the scaling of one number, whose divisor is infinite if its range is not above 0. */
  static LinearScaling of(double shift, double range) {
    return range > 0 ? alike(1, shift, range) : alike(1, 0, Double.POSITIVE_INFINITY);
  }

  /** Returns the scaling of these numbers and those after them. */
  LinearScaling and(LinearScaling next) {
    return new LinearScaling(joined(shifts, next.shifts), joined(divisors, next.divisors));
  }

  /** Returns whether the network sees the numbers unchanged. */
  public boolean isIdentity() {
    return shifts.stream().allMatch(shift -> shift == 0)
        && divisors.stream().allMatch(divisor -> divisor == 1);
  }

  private static List<Double> joined(List<Double> first, List<Double> second) {
    List<Double> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
