package io.millrace.learning.kernels.host.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class NativeMirrorTest {
  private static final int LENGTH = 12;

  @RepeatedTest(20)
  void renew_afterWritesByChance_hasTheValuesOfTheRange(RepetitionInfo repetition) {
    // Given
    RandomStream random = RandomStream.of(3, repetition.getCurrentRepetition());
    float[] values = new float[LENGTH];
    NativeMirror mirror = new NativeMirror(Team.ALONE, LENGTH);

    for (int i = 0; i < 200; i++) {
      int first = random.integer(3 * i, LENGTH);
      int end = first + 1 + random.integer(3 * i + 1, LENGTH - first);
      if (random.integer(3 * i + 2, 2) == 0) {
        Arrays.fill(values, first, end, i + 1);
        mirror.becomesStale(first, end);
      } else {
        // When
        mirror.renew(first, end, values, 0);

        // Then
        float[] copied = new float[end - first];
        mirror.array().read(first, copied, 0, copied.length);
        assertThat(copied).containsExactly(Arrays.copyOfRange(values, first, end));
      }
    }
  }

  @Test
  void renew_stepsThatWereRenewedOneByOne_copiesOnlyTheRest() {
    // Given
    float[] values = new float[LENGTH];
    NativeMirror mirror = new NativeMirror(Team.ALONE, LENGTH);
    for (int step = LENGTH - 1; step > 0; step--) {
      values[step] = 1;
      mirror.becomesStale(step, step + 1);
      mirror.renew(step, step + 1, values, 0);
    }
    float[] marked = new float[LENGTH];
    Arrays.fill(marked, 2);

    // When
    mirror.renew(0, LENGTH, marked, 0);

    // Then
    mirror.array().read(0, values, 0, LENGTH);
    assertThat(values).startsWith(2, 1).endsWith(1);
  }
}
