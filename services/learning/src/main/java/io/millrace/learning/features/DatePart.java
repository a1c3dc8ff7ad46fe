package io.millrace.learning.features;

import java.time.LocalDate;

/** A recurring part of a date and time. */
public enum DatePart {
  /** Includes minutes and seconds. */
  HOUR_OF_DAY {
    @Override
    double turn(long day, double second) {
      return second / TimeForm.SECONDS_PER_DAY;
    }
  },

  DAY_OF_WEEK {
    @Override
    double turn(long day, double second) {
      return Math.floorMod(day + THURSDAY, DAYS_PER_WEEK) / (double) DAYS_PER_WEEK;
    }
  },

  DAY_OF_MONTH {
    @Override
    double turn(long day, double second) {
      LocalDate date = LocalDate.ofEpochDay(day);
      return (date.getDayOfMonth() - 1) / (double) date.lengthOfMonth();
    }
  },

  DAY_OF_YEAR {
    @Override
    double turn(long day, double second) {
      LocalDate date = LocalDate.ofEpochDay(day);
      return (date.getDayOfYear() - 1) / (double) date.lengthOfYear();
    }
  },

  MONTH_OF_YEAR {
    @Override
    double turn(long day, double second) {
      return (LocalDate.ofEpochDay(day).getMonthValue() - 1) / 12.0;
    }
  };

  private static final int DAYS_PER_WEEK = 7;

  /** The weekday of 1 January 1970, counted from Monday as 0. */
  private static final int THURSDAY = 3;

  /** Returns the position within the cycle, in [0, 1). */
  abstract double turn(long day, double second);
}
