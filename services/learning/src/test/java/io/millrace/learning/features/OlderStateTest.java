package io.millrace.learning.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.learning.state.IncompatibleStateException;
import io.millrace.learning.state.State;
import io.millrace.settings.Section;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** State of older versions that would now be read differently is refused, with the reason. */
class OlderStateTest {
  private static final Map<String, Object> TEXT =
      Map.of("field", "f", "type", "text", "tokens", 2, "vocabulary", List.of("a"));
  private static final Map<String, Object> CATEGORY =
      Map.of("field", "f", "type", "category", "hash_buckets", 3);
  private static final Map<String, Object> ROBUST = Map.of("field", "f", "scaling", "robust");
  private static final Map<String, Object> STANDARD = Map.of("field", "f");

  @Test
  void restore_termsWithoutARule_isRefused() {
    for (Map<String, Object> feature : List.of(TEXT, CATEGORY)) {
      assertThatThrownBy(() -> restore(feature, without(feature, "feature_0/term_rule")))
          .isInstanceOf(IncompatibleStateException.class)
          .hasMessage(
              "its texts and categories were read by rule 1 of another version, this one reads by"
                  + " 2");
    }
  }

  @Test
  void restore_quartilesInSinglePrecision_areRefused() {
    assertThatThrownBy(() -> restore(ROBUST, withoutValues()))
        .isInstanceOf(IncompatibleStateException.class)
        .hasMessageStartingWith("its robust scaling kept values in single precision");
  }

  @Test
  void restore_numbersAlone_needNoRule() {
    assertThatCode(() -> restore(STANDARD, saved(STANDARD))).doesNotThrowAnyException();
    assertThat(saved(STANDARD)).doesNotContainKey("feature_0/term_rule");
  }

  private static Map<String, Object> withoutValues() {
    Map<String, Object> entries = saved(ROBUST);
    entries.keySet().removeIf(path -> path.endsWith("/values"));
    return entries;
  }

  private static Map<String, Object> without(Map<String, Object> feature, String path) {
    Map<String, Object> entries = saved(feature);
    entries.remove(path);
    return entries;
  }

  private static Map<String, Object> saved(Map<String, Object> feature) {
    State state = new State();
    preparation(feature).save(state);
    return new HashMap<>(state.entries());
  }

  private static void restore(Map<String, Object> feature, Map<String, Object> entries) {
    preparation(feature).restore(State.of(entries));
  }

  private static Preparation preparation(Map<String, Object> feature) {
    return new Preparation(Feature.readAll(Section.root(Map.of("features", List.of(feature)))));
  }
}
