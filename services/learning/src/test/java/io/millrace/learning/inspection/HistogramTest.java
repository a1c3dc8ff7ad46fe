package io.millrace.learning.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HistogramTest {

  @Test
  void of_valuesThatAreNotFinite_countsThemApart() {
    Histogram histogram =
        Histogram.of(
            new float[] {1, Float.NaN, 3, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY});

    assertThat(histogram.count()).isEqualTo(2);
    assertThat(histogram.notFinite()).isEqualTo(3);
    assertThat(histogram.min()).isEqualTo(1);
    assertThat(histogram.max()).isEqualTo(3);
    assertThat(histogram.sum()).isEqualTo(4);
    assertThat(histogram.norm()).isNaN();
  }

  @Test
  void of_noFiniteValue_hasNoBins() {
    assertThat(Histogram.of(new float[] {Float.NaN}))
        .isEqualTo(new Histogram(0, 0, 0, 1, 0, 0, List.of(), List.of()));
    assertThat(Histogram.of(new float[0]).norm()).isZero();
  }

  @Property(tries = 200)
  void of_anyValues_countsEachOnce(@ForAll float[] values) {
    Histogram histogram = Histogram.of(values);

    assertThat(histogram.counts().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(histogram.count());
    assertThat(histogram.count() + histogram.notFinite()).isEqualTo(values.length);
    assertThat(histogram.limits()).isSorted().hasSameSizeAs(histogram.counts());
  }
}
