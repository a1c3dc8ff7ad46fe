package io.millrace.learning.kernels.host.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.learning.threads.HelperThread;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class TeamTest {
  private static final long LARGE = Long.MAX_VALUE;

  private final Team team = new Team(3);

  @Test
  void share_muchWork_doesEveryUnitOnceAsTheSamePart() {
    // Given
    int[] parts = new int[10];
    int[] times = new int[10];

    // When
    for (int round = 0; round < 1000; round++) {
      team.share((part, first, end) -> note(part, first, end, parts, times), 10, LARGE);
    }

    // Then
    assertThat(times).containsOnly(1000);
    assertThat(parts).containsExactly(0, 0, 0, 1, 1, 1, 2, 2, 2, 2);
  }

  @Test
  void share_littleWork_isDoneByTheCaller() {
    // Given
    Thread[] thread = new Thread[1];

    // When
    team.share((part, first, end) -> thread[0] = Thread.currentThread(), 10, 1);

    // Then
    assertThat(thread[0]).isSameAs(Thread.currentThread());
  }

  @Test
  void share_afterTheHelpersFellAsleep_wakesThem() {
    // Given
    int[] parts = new int[3];
    int[] times = new int[3];
    team.share((part, first, end) -> note(part, first, end, parts, times), 3, LARGE);
    LockSupport.parkNanos(50_000_000);

    // When
    team.share((part, first, end) -> note(part, first, end, parts, times), 3, LARGE);

    // Then
    assertThat(times).containsOnly(2);
  }

  @Test
  void share_workThatFailsInAHelper_failsAndTheTeamGoesOn() {
    // Given
    HelperThread.Work failing =
        (part, first, end) -> {
          if (part == 2) {
            throw new IllegalArgumentException("part 2");
          }
        };

    // When, then
    assertThatThrownBy(() -> team.share(failing, 3, LARGE)).hasMessage("part 2");
    int[] times = new int[3];
    team.share((part, first, end) -> note(part, first, end, new int[3], times), 3, LARGE);
    assertThat(times).containsOnly(1);
  }

  private static void note(int part, int first, int end, int[] parts, int[] times) {
    for (int i = first; i < end; i++) {
      parts[i] = part;
      times[i]++;
    }
  }
}
