package io.millrace.learning.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StateTest {
  private final State state = new State();

  @Test
  void values_everyType_comeBackAsTheyWere() {
    state.put("integer", Long.MIN_VALUE);
    state.put("decimal", Double.NEGATIVE_INFINITY);
    state.put("flag", true);
    state.put("text", "wheel");
    state.put("floats", new float[] {Float.NaN, -0f});
    state.put("decimals", new double[] {Double.MIN_VALUE});
    state.put("integers", new long[] {1, 2});
    State restored = State.of(state.entries());

    assertThat(restored.integer("integer")).isEqualTo(Long.MIN_VALUE);
    assertThat(restored.decimal("decimal")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(restored.flag("flag")).isTrue();
    assertThat(restored.text("text")).isEqualTo("wheel");
    assertThat(restored.floats("floats")).containsExactly(Float.NaN, -0f);
    assertThat(restored.decimals("decimals")).containsExactly(Double.MIN_VALUE);
    assertThat(restored.integers("integers")).containsExactly(1, 2);
  }

  @Test
  void child_nested_isPartOfThePath() {
    state.child("optimizer").child("slot").put("momentum", new float[] {1});

    assertThat(state.entries()).containsOnlyKeys("optimizer/slot/momentum");
    assertThat(state.child("optimizer").child("slot").has("momentum")).isTrue();
    assertThat(state.has("momentum")).isFalse();
  }

  @Test
  void put_array_isCopied() {
    float[] values = {1, 2};
    state.put("values", values);
    values[0] = 9;
    state.floats("values")[1] = 9;

    assertThat(state.floats("values")).containsExactly(1, 2);
  }

  @Test
  void read_wrongName_namesThePath() {
    assertThatExceptionOfType(IncompatibleStateException.class)
        .isThrownBy(() -> state.child("optimizer").integer("steps"))
        .withMessageContaining("optimizer/steps");
  }

  @Test
  void read_wrongType_namesBoth() {
    state.put("steps", "many");

    assertThatExceptionOfType(IncompatibleStateException.class)
        .isThrownBy(() -> state.integer("steps"))
        .withMessageContaining("String")
        .withMessageContaining("Long");
  }

  @Test
  void read_wrongLength_namesBoth() {
    state.put("values", new float[3]);

    assertThatExceptionOfType(IncompatibleStateException.class)
        .isThrownBy(() -> state.read("values", new float[2]))
        .withMessageContaining("3")
        .withMessageContaining("2");
  }

  @Test
  void of_unknownType_isRefused() {
    assertThatExceptionOfType(IncompatibleStateException.class)
        .isThrownBy(() -> State.of(Map.of("steps", 1)))
        .withMessageContaining("Integer");
  }
}
