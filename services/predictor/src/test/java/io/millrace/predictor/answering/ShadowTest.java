package io.millrace.predictor.answering;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.predictor.following.ServedModels;
import io.millrace.predictor.following.TestModels;
import io.millrace.predictor.inference.Shadow;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShadowTest {
  private final ServedModels models = TestModels.serving(TestModels.echo(6), TestModels.echo(7));

  @Test
  void isGone_versionByNumberThatIsNotThere_isTrue() {
    assertThat(Shadow.of("echo:5").isGone(models)).isTrue();
  }

  @Test
  void isGone_versionThatIsThereOrMayCome_isFalse() {
    for (String shadow :
        List.of(
            "echo:6", "echo:7", "echo:latest", "echo:challenger", "echo", "latest", "other:5")) {
      assertThat(Shadow.of(shadow).isGone(models)).as(shadow).isFalse();
    }
  }
}
