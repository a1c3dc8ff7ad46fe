package io.millrace.learning.drift;

import io.millrace.settings.Registry;
import io.millrace.settings.Section;
import java.util.List;
import java.util.function.Function;

/** The drift detectors by name, with River's options and defaults. */
public final class DriftDetectors {
  private static final Registry<Function<Section, DriftDetector>> BY_NAME =
      new Registry<>("type", "drift detector", "adwin");

  static {
    BY_NAME.put("adwin", DriftDetectors::adwin);
    BY_NAME.put("page_hinkley", DriftDetectors::pageHinkley);
    BY_NAME.put("ddm", DriftDetectors::ddm);
    BY_NAME.put("kswin", DriftDetectors::kswin);
  }

  private DriftDetectors() {}

  /** Returns the names, sorted. */
  public static List<String> names() {
    return BY_NAME.names();
  }

  /** Reads a detector from a section with its {@code type} and options. */
  public static DriftDetector read(Section section) {
    return BY_NAME.reader(section).apply(section);
  }

  private static DriftDetector adwin(Section section) {
    return new AdaptiveWindow(
        new AdaptiveWindow.Options(
            section
                .decimal("delta", "probability of a false alarm")
                .above(0)
                .below(1)
                .orElse(0.002),
            section.integer("clock", "values between two checks").atLeast(1).orElse(32),
            section.integer("max_buckets", "buckets of one size").atLeast(2).orElse(5),
            section
                .integer("min_window_length", "least number of values in each of the two windows")
                .atLeast(1)
                .orElse(5),
            section.integer("grace_period", "values before the first check").atLeast(1).orElse(10),
            section.flag("rises_only", "whether only a rise counts as a drift").orElse(true)));
  }

  private static DriftDetector pageHinkley(Section section) {
    return new PageHinkley(
        new PageHinkley.Options(
            section.integer("min_instances", "values before decisions").atLeast(1).orElse(30),
            section.decimal("delta", "excess that is tolerated").atLeast(0).orElse(0.005),
            section.decimal("threshold", "sum of excess that is a drift").above(0).orElse(50.0),
            section
                .decimal("alpha", "share of that sum that a value keeps")
                .above(0)
                .atMost(1)
                .orElse(0.9999)));
  }

  private static DriftDetector ddm(Section section) {
    return new DriftDetectionMethod(
        new DriftDetectionMethod.Options(
            section.integer("warm_start", "values before decisions").atLeast(1).orElse(30),
            section.decimal("warning_threshold", "deviations of a warning").above(0).orElse(2.0),
            section.decimal("drift_threshold", "deviations of a drift").above(0).orElse(3.0)));
  }

  private static DriftDetector kswin(Section section) {
    int windowSize = section.integer("window_size", "values in the window").atLeast(2).orElse(100);
    return new KolmogorovSmirnovWindow(
        new KolmogorovSmirnovWindow.Options(
            section
                .decimal("alpha", "probability that a check errs")
                .above(0)
                .below(1)
                .orElse(0.005),
            windowSize,
            section
                .integer("stat_size", "values in each sample")
                .atLeast(1)
                .check("at most half of window_size", size -> size <= windowSize / 2)
                .orElse(Math.min(30, windowSize / 2)),
            section.longInteger("seed", "seed of the sample").orElse(0L)));
  }
}
