package io.millrace.joiner.joining;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinTopologyTest {
  private static final Duration WITHIN = Duration.ofMillis(100);

  @TempDir private Path folder;
  private JoinDriver driver;

  @BeforeEach
  void open() {
    driver = new JoinDriver(WITHIN, folder);
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void join_featuresFirst_oneRecordWithTheFeaturesKeyAndTimestamp() {
    driver.features("k", "{\"a\":1}", 1000);
    driver.label("k", "{\"y\":2}", 1070);

    assertThat(driver.joined()).containsExactly("k {\"a\":1,\"y\":2} 1000");
    assertThat(driver.unjoined()).isEmpty();
    assertThat(driver.count(Outcome.JOINED)).isEqualTo(1);
  }

  @Test
  void join_labelFirst_theSameRecord() {
    driver.label("k", "{\"y\":2}", 1070);
    driver.features("k", "{\"a\":1}", 1000);

    assertThat(driver.joined()).containsExactly("k {\"a\":1,\"y\":2} 1000");
  }

  @Test
  void join_otherKey_nothing() {
    driver.features("k", "{\"a\":1}", 1000);
    driver.label("l", "{\"y\":2}", 1000);

    assertThat(driver.joined()).isEmpty();
    assertThat(driver.stored()).isEqualTo(4);
  }

  @Test
  void join_labelAtTheEndOfTheTime_isInTime() {
    driver.features("k", "{}", 1000);
    driver.label("k", "{}", 1100);

    assertThat(driver.count(Outcome.JOINED)).isEqualTo(1);
  }

  @Test
  void join_labelAfterTheTime_neitherIsJoined() {
    driver.features("k", "{\"a\":1}", 1000);
    driver.label("k", "{\"y\":2}", 1101);
    driver.passTo(1202);

    assertThat(driver.joined()).isEmpty();
    assertThat(driver.unjoined())
        .containsExactly(
            "never_labelled features k {\"a\":1} 1000", "late_label label k {\"y\":2} 1101");
    assertThat(driver.stored()).isZero();
  }

  @Test
  void join_labelOfItsTimeReadTooLate_isLateWhetherSweptOrNot() {
    driver.features("swept", "{}", 1000);
    driver.passTo(1101); // sweeps, and then not before 1102
    driver.features("not swept", "{}", 1001);
    driver.passTo(1102);
    driver.label("swept", "{}", 1001);
    driver.label("not swept", "{}", 1001);

    assertThat(driver.count(Outcome.NEVER_LABELLED)).isEqualTo(2);
    assertThat(driver.count(Outcome.LATE_LABEL)).isEqualTo(2);
    assertThat(driver.stored()).isZero();
  }

  @Test
  void join_featuresReadTooLateButTheirLabelWaits_isJoined() {
    driver.label("k", "{\"y\":2}", 1050);
    driver.passTo(1140);
    driver.features("k", "{\"a\":1}", 1000);

    assertThat(driver.joined()).containsExactly("k {\"a\":1,\"y\":2} 1000");
  }

  @Test
  void join_featuresTooOldForTheLabelThatWaits_theLabelWaitsOn() {
    driver.label("k", "{\"y\":2}", 1150);
    driver.features("k", "{\"old\":1}", 1000);
    driver.features("k", "{\"a\":1}", 1100);

    assertThat(driver.unjoined()).containsExactly("never_labelled features k {\"old\":1} 1000");
    assertThat(driver.joined()).containsExactly("k {\"a\":1,\"y\":2} 1100");
  }

  @Test
  void join_labelTooOldForTheFeaturesThatWait_theyWaitOn() {
    driver.features("k", "{\"a\":1}", 1150);
    driver.label("k", "{\"y\":0}", 1000);
    driver.label("k", "{\"y\":2}", 1160);

    assertThat(driver.unjoined()).containsExactly("late_label label k {\"y\":0} 1000");
    assertThat(driver.joined()).containsExactly("k {\"a\":1,\"y\":2} 1150");
  }

  @Test
  void label_again_isADuplicateBeforeAndAfterJoining() {
    driver.label("k", "{\"y\":2}", 1000);
    driver.label("k", "{\"y\":2}", 1001);
    driver.features("k", "{}", 1002);
    driver.label("k", "{\"y\":2}", 1003);

    assertThat(driver.count(Outcome.DUPLICATE_LABEL)).isEqualTo(2);
    assertThat(driver.joined()).hasSize(1);
  }

  @Test
  void label_another_isAChangeBeforeAndAfterJoiningAndTheFirstHolds() {
    driver.label("k", "{\"y\":2}", 1000);
    driver.label("k", "{\"y\":3}", 1001);
    driver.features("k", "{}", 1002);
    driver.label("k", "{\"y\":4}", 1003);

    assertThat(driver.unjoined())
        .containsExactly(
            "changed_label label k {\"y\":3} 1001", "changed_label label k {\"y\":4} 1003");
    assertThat(driver.joined()).containsExactly("k {\"y\":2} 1002");
  }

  @Test
  void features_again_areDuplicatesBeforeAndAfterJoining() {
    driver.features("k", "{\"a\":1}", 1000);
    driver.features("k", "{\"a\":2}", 1001);
    driver.label("k", "{}", 1002);
    driver.features("k", "{\"a\":3}", 1003);

    assertThat(driver.count(Outcome.DUPLICATE_FEATURES)).isEqualTo(2);
    assertThat(driver.joined()).containsExactly("k {\"a\":1} 1000");
  }

  @Test
  void label_againAfterTheExampleIsForgotten_isLate() {
    driver.features("k", "{}", 1000);
    driver.label("k", "{}", 1050);
    driver.passTo(1150);
    driver.label("k", "{}", 1050);
    driver.passTo(1151);
    driver.label("k", "{}", 1050);

    assertThat(driver.count(Outcome.DUPLICATE_LABEL)).isEqualTo(1);
    assertThat(driver.count(Outcome.LATE_LABEL)).isEqualTo(1);
    assertThat(driver.stored()).isZero();
  }

  @Test
  void record_unusable_isCountedAndWrittenAndNothingStops() {
    driver.features(null, "{}", 1000);
    driver.features("k", "{\"a\":", 1001);
    driver.label("k", null, 1002);
    driver.features("k", "{\"a\":1}", 1003);
    driver.label("k", "{\"y\":2}", 1004);

    assertThat(driver.unjoined())
        .containsExactly(
            "without_key features null {} 1000",
            "unreadable features k {\"a\": 1001",
            "unreadable label k null 1002");
    assertThat(driver.joined()).containsExactly("k {\"a\":1,\"y\":2} 1003");
  }

  @Test
  void record_tooLarge_isCountedAndWrittenWithoutItsContent() {
    driver.features("k", "{\"a\":\"" + "x".repeat(500_000) + "\"}", 1000);

    assertThat(driver.unjoined()).containsExactly("too_large features null null 1000");
    assertThat(driver.stored()).isZero();
  }

  @Test
  void record_oneTimestampFarAhead_expiresNothingButItsOwnExample() {
    driver.features("k", "{\"a\":1}", 1000);
    driver.label("l", "{\"y\":1}", 1000);
    driver.features("l", "{\"a\":2}", 1_000_000_000);
    driver.label("k", "{\"y\":2}", 1050);

    assertThat(driver.joined()).containsExactly("k {\"a\":1,\"y\":2} 1000");
    assertThat(driver.unjoined()).containsExactly("late_label label l {\"y\":1} 1000");
  }

  @Test
  void record_timestampInTheFuture_happensWhenItIsRead() {
    long before = System.currentTimeMillis();
    driver.features("k", "{\"a\":1}", Long.MAX_VALUE / 2);
    driver.label("k", "{\"y\":2}", Long.MAX_VALUE / 2);

    assertThat(driver.joined())
        .singleElement()
        .satisfies(
            record ->
                assertThat(Long.parseLong(record.substring(record.lastIndexOf(' ') + 1)))
                    .isBetween(before, System.currentTimeMillis()));
  }

  @Test
  void state_streamWasSilentForLong_expiresAfterAFewRecords() {
    driver.features("k", "{}", 1000);
    for (int record = 0; record < 9; record++) {
      driver.features("k" + record, "{}", 1_000_000_000 + record);
    }
    driver.idle(Duration.ofMillis(100));

    assertThat(driver.count(Outcome.NEVER_LABELLED)).isEqualTo(1);
  }

  @Test
  void state_afterThousandsThatExpireAtOnce_isEmpty() {
    // Given
    for (int i = 0; i < 2500; i++) {
      driver.features("f" + i, "{}", 1000);
      driver.label("l" + i, "{}", 1000);
    }
    assertThat(driver.stored()).isEqualTo(10_000);

    // When
    driver.passTo(5000);
    for (int i = 0; i < 4; i++) {
      driver.idle(Duration.ofMillis(100));
    }

    // Then
    assertThat(driver.count(Outcome.NEVER_LABELLED)).isEqualTo(2500);
    assertThat(driver.count(Outcome.LATE_LABEL)).isEqualTo(2500);
    assertThat(driver.stored()).isZero();
  }

  @Test
  void state_whileTimeGoesOn_isWhatTwiceTheTimeBrought() {
    for (int i = 0; i < 1000; i++) {
      driver.features("k" + i, "{}", 1000 + i);
      if (i % 2 == 0) {
        driver.label("k" + i, "{}", 1000 + i);
      }
      assertThat(i % 100 == 0 ? driver.stored() : 0).isLessThanOrEqualTo(2 * 2 * 101);
    }
  }
}
