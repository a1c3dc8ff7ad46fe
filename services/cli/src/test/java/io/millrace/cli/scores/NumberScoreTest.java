package io.millrace.cli.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.client.Output;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumberScoreTest {

  @Test
  void lines_fourRows_areThoseComputedByHand() {
    // Given: errors 1, -1, 2, 0 on labels whose mean is 5
    NumberScore score = score(new double[] {2, 4, 6, 8}, new double[] {3, 3, 8, 8});

    // When, Then: squared errors 1 + 1 + 4 + 0 of squares 9 + 1 + 1 + 9
    assertThat(score.headline().value()).isCloseTo(1 - 6 / 20.0, within(1e-12));
    assertThat(score.headline().baseline()).isZero();
    assertThat(score.text(""))
        .isEqualTo(
            "mean_absolute_error=1.000 root_mean_squared_error=1.225 r2=0.7000 baseline=0.0000");
    assertThat(score.lines())
        .containsExactly(
            "y: R2 0.7000 over 4 rows; mean absolute error 1, root mean squared error 1.225",
            "baseline: always 5, the mean of these labels: R2 0; mean absolute error 2, root mean"
                + " squared error 2.236",
            "the model is no better than this baseline");
    assertThat(score.details(20))
        .containsExactly(
            "LABELS FROM  TO  ROWS  MEAN ABSOLUTE ERROR  MEAN ERROR",
            "2             2     1                    1           1",
            "4             4     1                    1          -1",
            "6             6     1                    2           2",
            "8             8     1                    0           0");
  }

  @Test
  void details_hundredRows_areTenDecilesByLabel() {
    // Given: labels 0 to 99 in any order, answered 1000 too high from 90 on
    double[] labels = new Random(1).ints(0, 100).distinct().limit(100).asDoubleStream().toArray();
    double[] answers = labels.clone();
    for (int i = 0; i < answers.length; i++) {
      answers[i] += labels[i] >= 90 ? 1000 : 0;
    }

    // When
    List<String> lines = score(labels, answers).details(20);

    // Then
    assertThat(lines.subList(lines.size() - 10, lines.size()))
        .first()
        .isEqualTo("0             9    10                    0           0");
    assertThat(lines.get(lines.size() - 1))
        .isEqualTo("90           99    10                1,000       1,000");
  }

  @Test
  void isBetterThanBaseline_answersByChance_isFalse() {
    Random random = new Random(1);
    double[] labels = random.doubles(100).toArray();

    assertThat(score(labels, random.doubles(100).toArray()).isBetterThanBaseline()).isFalse();
    assertThat(score(labels, labels).isBetterThanBaseline()).isTrue();
    assertThat(score(new double[] {1}, new double[] {1}).isBetterThanBaseline()).isFalse();
  }

  @Test
  void headline_labelsThatAreAllEqual_isUndefined() {
    NumberScore score = score(new double[] {3, 3}, new double[] {3, 4});

    assertThat(score.headline().value()).isNaN();
    assertThat(score.text("")).endsWith("r2=undefined baseline=0.0000");
    assertThat(score.isBetterThanBaseline()).isFalse();
  }

  @Test
  void add_labelsThatAreNoNumbers_areIgnored() {
    NumberScore score = new NumberScore(Outputs.output(Map.of()));

    score.add(new Output(new float[] {1}, 1), 0, "unknown");
    score.add(new Output(new float[] {1}, 1), 0, "1e999");

    assertThat(score.rows()).isZero();
  }

  private static NumberScore score(double[] labels, double[] answers) {
    NumberScore score = new NumberScore(Outputs.output(Map.of()));
    for (int row = 0; row < labels.length; row++) {
      score.add(new Output(new float[] {(float) answers[row]}, 1), 0, "" + labels[row]);
    }
    return score;
  }
}
