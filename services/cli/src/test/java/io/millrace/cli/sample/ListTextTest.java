package io.millrace.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ListTextTest {

  @Test
  void size_listsOfBothNotations_isTheNumberOfItems() {
    assertThat(ListText.size("[1, 2.5, -3]")).isEqualTo(3);
    assertThat(ListText.size("1;2.5;-3")).isEqualTo(3);
    assertThat(ListText.size("1;b")).isZero();
    assertThat(ListText.size("[1, b]")).isZero();
    assertThat(ListText.size("1.5")).isZero();
  }
}
