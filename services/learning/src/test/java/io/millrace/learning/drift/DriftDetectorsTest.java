package io.millrace.learning.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DriftDetectorsTest {

  @Test
  void adwin_streamOfFourConcepts_findsWhatRiverFinds() {
    // given River's default, which also reports falling means as drifts
    DriftDetector adwin = read(Map.of("type", "adwin", "rises_only", false));

    assertThat(RiverStreams.drifts(adwin, RiverStreams.values("four-concepts")))
        .containsExactly(1023, 2015, 3007);
  }

  @Test
  void adwin_risesOnly_keepsSilentWhereTheMeanFalls() {
    DriftDetector adwin = read(Map.of("type", "adwin"));

    assertThat(RiverStreams.drifts(adwin, RiverStreams.values("four-concepts")))
        .containsExactly(1023, 3007);
  }

  @Test
  void adwin_drift_isDatedWithinABucket() {
    DriftDetector adwin = read(Map.of("type", "adwin"));
    double[] values = RiverStreams.values("two-concepts");

    int detection = RiverStreams.drifts(adwin, values.clone()).get(0);
    adwin.reset();
    for (int i = 0; i <= detection; i++) {
      adwin.update(values[i]);
    }

    assertThat(detection).isEqualTo(1023);
    assertThat(detection + 1 - adwin.valuesSinceDrift()).isCloseTo(1000, within(4L));
  }

  @Test
  void pageHinkley_streamOfTwoConcepts_findsWhatRiverFinds() {
    DriftDetector pageHinkley = read(Map.of("type", "page_hinkley"));

    assertThat(RiverStreams.drifts(pageHinkley, RiverStreams.values("two-concepts")))
        .containsExactly(1006);
  }

  @Test
  void ddm_streamOfErrors_findsWhatRiverFinds() {
    DriftDetector ddm = read(Map.of("type", "ddm"));

    assertThat(RiverStreams.drifts(ddm, RiverStreams.values("errors"))).containsExactly(1334);
  }

  @Test
  void kswin_streamOfTwoConcepts_findsTheDriftSoon() {
    DriftDetector kswin = read(Map.of("type", "kswin", "alpha", 0.0001, "seed", 42));

    List<Integer> drifts = RiverStreams.drifts(kswin, RiverStreams.values("two-concepts"));

    assertThat(drifts.get(0)).isBetween(1010, 1025);
  }

  @Test
  void evidence_pageHinkley_isTheExcessOverTheMean() {
    DriftDetector pageHinkley =
        read(
            Map.of(
                "type",
                "page_hinkley",
                "delta",
                0,
                "alpha",
                1,
                "threshold",
                9,
                "min_instances",
                3));
    pageHinkley.update(0);
    assertThat(pageHinkley.evidence()).isEmpty();

    pageHinkley.update(0);
    pageHinkley.update(3); // of which the mean is 1

    assertThat(pageHinkley.evidence()).contains(new Evidence(2, 9));
  }

  @Test
  void evidence_ddm_isTheErrorRateWithItsDeviation() {
    DriftDetector ddm = read(Map.of("type", "ddm", "warm_start", 3));
    for (int i = 0; i < 3; i++) {
      ddm.update(i % 2);
    }
    assertThat(ddm.evidence()).isEmpty();

    ddm.update(1); // half of four are errors: a deviation of 1/4

    assertThat(ddm.evidence()).contains(new Evidence(0.75, 1.25));
  }

  private static DriftDetector read(Map<String, ?> settings) {
    Section section = Section.root(settings);
    DriftDetector detector = DriftDetectors.read(section);
    section.finish();
    return detector;
  }
}
