package io.millrace.tuning.charts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One line a trial across vertical axes, one for each setting and the last for the score. The best
 * trials are strong, the others faint.
 *
 * <p>An axis of numbers that are positive and far apart is logarithmic; one of texts has a place
 * for each. A trial without a setting, such as the width of a layer it lacks, passes below the
 * axis. Confined to one thread.
 */
public final class ParallelCoordinates {
  private static final int AXIS_DISTANCE = 190;
  private static final int SIDE = 90;
  private static final int HEIGHT = 460;
  private static final int TOP = 84;
  private static final int BOTTOM = 380;
  private static final int ABSENT = 412;
  private static final int LONGEST_NAME = 26;

  private final List<Coordinate> coordinates = new ArrayList<>();
  private final List<ChartedTrial> shown;
  private final Picture picture;
  private final int strong;

  private ParallelCoordinates(String score, boolean isLowestBest, List<ChartedTrial> trials) {
    Comparator<ChartedTrial> worstFirst = Comparator.comparingDouble(ChartedTrial::score);
    this.shown =
        trials.stream()
            .filter(trial -> Double.isFinite(trial.score()))
            .sorted(isLowestBest ? worstFirst.reversed() : worstFirst)
            .toList();
    this.strong = Math.max(1, Math.min(5, shown.size() / 4));
    Set<String> names = new LinkedHashSet<>();
    trials.forEach(trial -> names.addAll(trial.values().keySet()));
    names.forEach(name -> coordinates.add(Coordinate.of(name, shown)));
    coordinates.add(Coordinate.ofScore(score, shown));
    this.picture = new Picture(2 * SIDE + AXIS_DISTANCE * (coordinates.size() - 1));
  }

  /**
   * Returns the SVG document; trials that failed are left out.
   *
   * @param score the name of the score
   * @param isLowestBest else the highest is
   */
  public static String svg(
      String title, String score, boolean isLowestBest, List<ChartedTrial> trials) {
    return new ParallelCoordinates(score, isLowestBest, trials).draw(title);
  }

  private String draw(String title) {
    picture.text(SIDE / 2.0, 26, "start", "title", title);
    for (int i = 0; i < shown.size(); i++) {
      boolean isStrong = i >= shown.size() - strong;
      line(shown.get(i), isStrong ? "c1 strong" : shown.get(i).pruned() ? "c5 faint" : "c0 faint");
    }
    for (int i = 0; i < coordinates.size(); i++) {
      axis(coordinates.get(i), x(i));
    }
    return picture.svg(HEIGHT, title);
  }

  private void line(ChartedTrial trial, String classes) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < coordinates.size(); i++) {
      path.append(
          Picture.format("%s%.1f %.1f", i == 0 ? "M" : "L", x(i), y(coordinates.get(i), trial)));
    }
    picture.path("line " + classes, path.toString());
    int last = coordinates.size() - 1;
    picture.dot(
        classes.substring(0, 2),
        x(last),
        y(coordinates.get(last), trial),
        4,
        HistoryChart.words(trial));
  }

  private void axis(Coordinate coordinate, double x) {
    picture.vertical("axis", x, TOP, BOTTOM);
    String name = coordinate.name();
    boolean isLong = name.length() > LONGEST_NAME;
    String end = isLong ? "…" + name.substring(name.length() - LONGEST_NAME + 1) : name;
    picture.text(x, TOP - 22, "middle", "", end);
    coordinate
        .labels()
        .forEach(
            (label, share) -> {
              double y = BOTTOM - (BOTTOM - TOP) * share;
              picture.horizontal("axis", x - 4, x + 4, y);
              picture.text(x + 8, y + 4, "start", "halo", label);
            });
    if (shown.stream().anyMatch(trial -> Double.isNaN(coordinate.share(trial)))) {
      picture.text(x, ABSENT + 20, "middle", "", "none");
    }
  }

  private double y(Coordinate coordinate, ChartedTrial trial) {
    double share = coordinate.share(trial);
    return Double.isNaN(share) ? ABSENT : BOTTOM - (BOTTOM - TOP) * share;
  }

  private static double x(int index) {
    return SIDE + (double) AXIS_DISTANCE * index;
  }
}
