package io.millrace.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ActivityTest {

  @Test
  void frames_everyActivity_areMethodsOfTheProduct() throws ClassNotFoundException {
    for (Activity activity : Activity.values()) {
      for (String frame : activity.frames()) {
        String[] parts = frame.split("#", 2);
        assertThat(Arrays.stream(Class.forName(parts[0]).getDeclaredMethods()).map(Method::getName))
            .as(frame)
            .contains(parts[1]);
      }
    }
  }

  @Test
  void of_scoringWithinAStep_isTheInnermost() {
    StackTraceElement[] stack = {
      frame("io.millrace.learning.network.Network", "output"),
      frame("io.millrace.learning.evaluation.Prequential", "score"),
      frame("io.millrace.learning.training.TrainedNetwork", "scoreAndLearn"),
    };

    assertThat(Activity.of(stack)).isEqualTo(Activity.EVALUATION);
  }

  @Test
  void of_framesOfNoActivity_isOther() {
    assertThat(Activity.of(new StackTraceElement[] {frame("java.lang.Thread", "run")}))
        .isEqualTo(Activity.OTHER);
  }

  private static StackTraceElement frame(String className, String method) {
    return new StackTraceElement(className, method, null, -1);
  }
}
