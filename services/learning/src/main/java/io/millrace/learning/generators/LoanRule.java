package io.millrace.learning.generators;

/** The ten rules by which applicants get a loan. Bounds by age are in thousands. */
enum LoanRule {
  AGE {
    @Override
    boolean accepts(Applicant a) {
      return ageGroup(a) != 1;
    }
  },
  SALARY_BY_AGE {
    @Override
    boolean accepts(Applicant a) {
      return isUsual(a, a.salary());
    }
  },
  EDUCATION_BY_AGE {
    @Override
    boolean accepts(Applicant a) {
      return isEducated(a);
    }
  },
  SALARY_BY_AGE_AND_EDUCATION {
    @Override
    boolean accepts(Applicant a) {
      double[] least = isEducated(a) ? new double[] {25, 50, 50} : new double[] {50, 75, 25};
      return isWithin(a.salary(), least[ageGroup(a)], 50);
    }
  },
  LOAN_BY_AGE_AND_SALARY {
    @Override
    boolean accepts(Applicant a) {
      double[] least =
          isUsual(a, a.salary()) ? new double[] {100, 200, 300} : new double[] {200, 300, 100};
      return isWithin(a.loan(), least[ageGroup(a)], 200);
    }
  },
  INCOME_BY_AGE {
    @Override
    boolean accepts(Applicant a) {
      return isUsual(a, a.salary() + a.commission());
    }
  },
  INCOME_LESS_LOAN {
    @Override
    boolean accepts(Applicant a) {
      return netIncome(a) - a.loan() / 5 > 20_000;
    }
  },
  INCOME_LESS_EDUCATION {
    @Override
    boolean accepts(Applicant a) {
      return netIncome(a) - 5_000 * a.education() > 20_000;
    }
  },
  INCOME_LESS_EDUCATION_AND_LOAN {
    @Override
    boolean accepts(Applicant a) {
      return netIncome(a) - 5_000 * a.education() - a.loan() / 5 > 10_000;
    }
  },
  INCOME_AND_HOUSE {
    @Override
    boolean accepts(Applicant a) {
      double equity = a.houseValue() * Math.max(0, a.houseYears() - 20) / 10;
      return netIncome(a) - 5_000 * a.education() + equity / 5 > 10_000;
    }
  };

  private static final double[] LEAST_USUAL = {50, 75, 25};

  abstract boolean accepts(Applicant a);

  /** Returns 0 below the age of 40, 1 below 60, else 2. */
  static int ageGroup(Applicant a) {
    if (a.age() < 40) {
      return 0;
    }
    return a.age() < 60 ? 1 : 2;
  }

  /** Returns whether the income is usual at the applicant's age. */
  static boolean isUsual(Applicant a, double income) {
    return isWithin(income, LEAST_USUAL[ageGroup(a)], 50);
  }

  /** Returns whether the education is usual at the applicant's age. */
  static boolean isEducated(Applicant a) {
    int group = ageGroup(a);
    return a.education() >= group && a.education() <= (group == 0 ? 1 : group + 2);
  }

  static double netIncome(Applicant a) {
    return 2 * (a.salary() + a.commission()) / 3;
  }

  private static boolean isWithin(double amount, double leastThousands, double thousands) {
    double least = 1000 * leastThousands;
    return amount >= least && amount <= least + 1000 * thousands;
  }
}
