package io.millrace.cli.scores;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.Output;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswersTest {

  @Test
  void lines_classes_areCountedTheMostFrequentFirst() {
    Answers answers = new Answers(Outputs.output(Map.of("classes", List.of("a", "b", "c"))));

    answers.add(new Output(new float[] {1, 0, 0}, 1), 0);
    answers.add(new Output(new float[] {0, 1, 0}, 1), 0);
    answers.add(new Output(new float[] {0, 1, 0, 0, 1, 0}, 2), 1);

    assertThat(answers.lines())
        .containsExactly("ANSWER  ROWS   SHARE", "b          2  66.7 %", "a          1  33.3 %");
  }

  @Test
  void lines_numbers_areTheirRange() {
    Answers answers = new Answers(Outputs.output(Map.of()));

    answers.add(new Output(new float[] {1500}, 1), 0);
    answers.add(new Output(new float[] {2.5f}, 1), 0);

    assertThat(answers.lines()).containsExactly("y: from 2.5 to 1,500, 751.3 on average");
  }
}
