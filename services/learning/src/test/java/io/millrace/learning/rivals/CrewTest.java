package io.millrace.learning.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrewTest {
  private static final int JOBS = 5;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 9})
  void run_anyThreads_runsEachJobOnce(int threads) {
    // Given
    AtomicIntegerArray times = new AtomicIntegerArray(JOBS);
    Crew crew = new Crew(threads, JOBS, times::incrementAndGet);

    for (int round = 1; round <= 300; round++) {
      // When
      crew.run();

      // Then
      for (int job = 0; job < JOBS; job++) {
        assertThat(times.get(job)).isEqualTo(round);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void run_jobThatFails_failsAndTheCrewGoesOn(int threads) {
    // Given: the first time, one job fails
    AtomicIntegerArray times = new AtomicIntegerArray(JOBS);
    Crew crew =
        new Crew(
            threads,
            JOBS,
            job -> {
              if (times.incrementAndGet(job) == 1 && job == 2) {
                throw new StackOverflowError("job 2");
              }
            });

    // When, then
    assertThatThrownBy(crew::run).isInstanceOf(StackOverflowError.class);
    crew.run();
    assertThat(times.get(JOBS - 1)).isEqualTo(2);
  }
}
