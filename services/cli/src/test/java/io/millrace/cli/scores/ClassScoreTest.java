package io.millrace.cli.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.client.Output;
import io.millrace.learning.model.OutputSettings;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassScoreTest {
  private static final OutputSettings ABC =
      Outputs.output(Map.of("classes", List.of("a", "b", "c")));

  @Test
  void lines_threeClasses_areThoseComputedByHand() {
    // Given: the labels a a a a b b, answered by a a a b b c
    ClassScore score = score(ABC, "aaaabb", "aaabbc");

    // When, Then: a is right 3 of 4 times, b 1 of 2 times; nothing is labelled c
    assertThat(score.rows()).isEqualTo(6);
    assertThat(score.headline()).isEqualTo(new Headline("accuracy", 4 / 6.0, 4 / 6.0));
    assertThat(score.balancedAccuracy()).isCloseTo((0.75 + 0.5) / 2, within(1e-12));
    assertThat(score.text(""))
        .isEqualTo("accuracy=0.6667 balanced_accuracy=0.6250 baseline=0.6667");
    assertThat(score.text("y."))
        .isEqualTo("y.accuracy=0.6667 y.balanced_accuracy=0.6250 y.baseline=0.6667");
    assertThat(score.lines())
        .containsExactly(
            "y: right on 66.7 % of 6 rows; balanced accuracy 0.6250",
            "baseline: always a, the most frequent label of these rows, is right on 66.7 %;"
                + " balanced accuracy 0.5000",
            "the model is no better than this baseline");
    assertThat(score.details(20))
        .containsExactly(
            "CLASS  ROWS  PRECISION  RECALL",
            "b         2      0.500   0.500",
            "a         4      1.000   0.750",
            "c         0      0.000       -");
  }

  @Test
  void isBetterThanBaseline_answersByChance_isFalse() {
    assertThat(score(ABC, "ab".repeat(50), "aabb".repeat(25)).isBetterThanBaseline()).isFalse();
  }

  @Test
  void isBetterThanBaseline_sixOfTenRight_isNotEnough() {
    assertThat(score(ABC, "ab".repeat(5), "abab" + "abab" + "ba").isBetterThanBaseline()).isTrue();
    assertThat(score(ABC, "ab".repeat(5), "abab" + "abba" + "ba").isBetterThanBaseline()).isFalse();
  }

  @Test
  void isBetterThanBaseline_rareClassFoundAtSomeCost_isTrue() {
    // Given: 4 of 200 are b; 3 of them are found, with 6 false alarms
    ClassScore score =
        score(ABC, "b".repeat(4) + "a".repeat(196), "bbba" + "b".repeat(6) + "a".repeat(190));

    // When, Then: less often right than always a, yet of use
    assertThat(score.headline().value()).isLessThan(score.headline().baseline());
    assertThat(score.isBetterThanBaseline()).isTrue();
  }

  @Test
  void isBetterThanBaseline_alwaysTheMostFrequent_isFalse() {
    assertThat(score(ABC, "b" + "a".repeat(99), "a".repeat(100)).isBetterThanBaseline()).isFalse();
  }

  @Test
  void isBetterThanBaseline_oneClassOnly_isFalse() {
    assertThat(score(ABC, "a".repeat(50), "a".repeat(50)).isBetterThanBaseline()).isFalse();
    assertThat(new ClassScore(ABC).isBetterThanBaseline()).isFalse();
  }

  @Test
  void details_manyClasses_areTheTwentyWorst() {
    // Given
    List<String> names = IntStream.range(0, 30).mapToObj(number -> "c" + number).toList();
    OutputSettings many = Outputs.output(Map.of("classes", names));
    ClassScore score = new ClassScore(many);

    // When: the first two classes are taken for others, the rest is right
    for (int label = 0; label < 30; label++) {
      score.add(answer(label < 2 ? 29 : label, 30), 0, names.get(label));
    }

    // Then
    List<String> lines = score.details(20);
    assertThat(lines.subList(1, 3)).allMatch(line -> line.matches("c[01] .* 0\\.000"));
    assertThat(lines).hasSize(1 + 20 + 1);
    assertThat(lines.get(lines.size() - 1))
        .isEqualTo("and 10 others with a recall of 1.000 or more");
  }

  @Test
  void add_labelsWrittenInOtherWays_areTheSameClass() {
    // Given
    OutputSettings digits = Outputs.output(Map.of("classes", List.of("1", "2")));
    OutputSettings indices =
        Outputs.output(Map.of("classes", List.of("no", "yes"), "label", "index"));
    ClassScore byName = new ClassScore(digits);
    ClassScore byIndex = new ClassScore(indices);

    // When
    byName.add(answer(0, 2), 0, "1.0");
    byName.add(answer(0, 2), 0, "3");
    byIndex.add(answer(1, 2), 0, "1");

    // Then: a class that the model does not know is a wrong answer
    assertThat(byName.headline().value()).isEqualTo(0.5);
    assertThat(byIndex.headline().value()).isEqualTo(1);
  }

  private static ClassScore score(OutputSettings settings, String labels, String answers) {
    ClassScore score = new ClassScore(settings);
    for (int row = 0; row < labels.length(); row++) {
      score.add(answer("abc".indexOf(answers.charAt(row)), 3), 0, labels.substring(row, row + 1));
    }
    return score;
  }

  private static Output answer(int index, int classes) {
    float[] probabilities = new float[classes];
    probabilities[index] = 1;
    return new Output(probabilities, 1);
  }
}
