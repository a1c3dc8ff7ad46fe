package io.millrace.learning.generators;

/**
 * An applicant for a loan.
 *
 * @param education level, 0 to 4
 * @param car make, 0 to 19
 * @param region code, 0 to 8
 */
record Applicant(
    double salary,
    double commission,
    int age,
    int education,
    int car,
    int region,
    double houseValue,
    int houseYears,
    double loan) {

  static Applicant draw(Draws draws) {
    double salary = draws.uniform(20_000, 150_000);
    int region = draws.integer(9);
    return new Applicant(
        salary,
        salary >= 75_000 ? 0 : draws.uniform(10_000, 75_000),
        20 + draws.integer(61),
        draws.integer(5),
        draws.integer(20),
        region,
        houseUnit(region) * draws.uniform(0.5, 1.5),
        1 + draws.integer(30),
        draws.uniform(0, 500_000));
  }

  /** Returns the same applicant with numbers changed by up to a share of their range. */
  Applicant blurred(Draws draws, double share) {
    return new Applicant(
        blurred(draws, salary, 130_000 * share, 20_000, 150_000),
        commission > 0 ? blurred(draws, commission, 65_000 * share, 10_000, 75_000) : 0,
        (int) Math.round(blurred(draws, age, 60 * share, 20, 80)),
        education,
        car,
        region,
        // as in MOA, although the bound seems too low by a factor of ten
        blurred(draws, houseValue, houseUnit(region) * share, 0, 135_000),
        (int) Math.round(blurred(draws, houseYears, 29 * share, 1, 30)),
        blurred(draws, loan, 500_000 * share, 0, 500_000));
  }

  void writeTo(float[] features) {
    features[0] = (float) salary;
    features[1] = (float) commission;
    features[2] = age;
    features[3] = education;
    features[4] = car;
    features[5] = region;
    features[6] = (float) houseValue;
    features[7] = houseYears;
    features[8] = (float) loan;
  }

  private static double houseUnit(int region) {
    return (9 - region) * 100_000.0;
  }

  private static double blurred(
      Draws draws, double value, double reach, double lowest, double highest) {
    return Math.max(lowest, Math.min(highest, value + draws.uniform(-reach, reach)));
  }
}
