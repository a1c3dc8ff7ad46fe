package io.millrace.cli.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When {@code init --from-topic} holds out records by key. */
class KeySampleTest {

  @Test
  void isHoldoutPossible_manyKeys_isTrue() {
    assertThat(sample(1000, 1000).isHoldoutPossible()).isTrue();
    assertThat(sample(1000, 100).isHoldoutPossible()).isTrue();
    assertThat(sample(5, 5).isHoldoutPossible()).isTrue();
  }

  @Test
  void isHoldoutPossible_fewKeysOrARecordWithout_isFalse() {
    assertThat(sample(1000, 3).isHoldoutPossible()).isFalse();
    KeySample sample = sample(1000, 1000);
    sample.add(null);
    assertThat(sample.isHoldoutPossible()).isFalse();
  }

  private static KeySample sample(int records, int keys) {
    KeySample sample = new KeySample();
    for (int i = 0; i < records; i++) {
      sample.add(("key " + i % keys).getBytes(UTF_8));
    }
    return sample;
  }
}
