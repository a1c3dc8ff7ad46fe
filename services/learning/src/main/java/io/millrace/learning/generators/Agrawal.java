package io.millrace.learning.generators;

import java.util.List;

/**
 * Applicants for a loan, accepted or rejected by one of ten rules and described with some
 * inaccuracy.
 *
 * <p>R. Agrawal, T. Imielinski, A. Swami, "Database Mining: A Performance Perspective", IEEE TKDE
 * 1993.
 */
final class Agrawal implements ExampleGenerator {
  private final Draws draws;
  private final LoanRule rule;
  private final double blur;

  /**
   * @param function 1 to 10
   * @param blur the largest error of numbers, as a share of their range
   */
  Agrawal(long seed, int function, double blur) {
    this.draws = new Draws(seed);
    this.rule = LoanRule.values()[function - 1];
    this.blur = blur;
  }

  @Override
  public List<String> fields() {
    return List.of(
        "salary",
        "commission",
        "age",
        "education",
        "car",
        "region",
        "house_value",
        "house_years",
        "loan");
  }

  @Override
  public int classes() {
    return 2;
  }

  @Override
  public double next(float[] features) {
    Applicant applicant = Applicant.draw(draws);
    applicant.blurred(draws, blur).writeTo(features);
    return rule.accepts(applicant) ? 0 : 1;
  }
}
