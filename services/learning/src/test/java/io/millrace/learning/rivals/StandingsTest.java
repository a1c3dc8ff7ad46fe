package io.millrace.learning.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Shares, computed by hand. */
class StandingsTest {
  private static final int MEMORY = 100;
  private static final float CLOSE = 1e-6f;

  @Test
  void share_hedge_followsFromFadingSums() {
    // Given
    Standings standings = new Standings(2, Combine.HEDGE, MEMORY, true);

    // When: blocks of 8 records, with sums of losses 4 and 10, then 6 and 5
    block(standings, 8, 4, 10);
    block(standings, 8, 6, 5);

    // Then
    double kept = Math.exp(-0.08);
    double first = kept * 4 + 6;
    double second = kept * 10 + 5;
    float share = (float) (1 / (1 + Math.exp(-0.1 * (second - first))));
    assertThat(standings.shares()).containsExactly(new float[] {share, 1 - share}, within(CLOSE));
    assertThat(standings.loss(0)).isCloseTo(first / (kept * 8 + 8), within(1e-12));
    assertThat(standings.leader()).isZero();
  }

  @Test
  void share_hedgeOfSquaredErrors_doesNotDependOnTheirUnit() {
    // Given
    Standings metres = new Standings(2, Combine.HEDGE, MEMORY, false);
    Standings millimetres = new Standings(2, Combine.HEDGE, MEMORY, false);

    // When
    block(metres, 8, 16, 24);
    block(millimetres, 8, 16e6, 24e6);

    // Then: the lowest mean is 2, so the sums differ by 8 / (2 * 2) nats
    float share = (float) (1 / (1 + Math.exp(-0.1 * 2)));
    assertThat(metres.shares()).containsExactly(new float[] {share, 1 - share}, within(CLOSE));
    assertThat(millimetres.shares()).containsExactly(metres.shares(), within(CLOSE));
  }

  @Test
  void share_pick_isOfTheLowestAlone() {
    Standings standings = new Standings(3, Combine.PICK, MEMORY, true);

    block(standings, 8, 5, 4, 4);

    assertThat(standings.shares()).containsExactly(0, 1, 0);
  }

  @Test
  void shareAmong_beforeAnyLoss_isOfTheChosenAlone() {
    Standings standings = new Standings(3, Combine.HEDGE, MEMORY, true);

    standings.shareAmong(rival -> rival != 1);
    assertThat(standings.shares()).containsExactly(0.5f, 0, 0.5f);

    standings.takeShares(new float[] {0, 1, 0});
    standings.shareAmong(rival -> rival != 1);
    assertThat(standings.shares()).containsExactly(0.5f, 0, 0.5f);
  }

  @Test
  void share_average_isEqual() {
    Standings standings = new Standings(4, Combine.AVERAGE, MEMORY, true);

    block(standings, 8, 5, 4, 9, 2);

    assertThat(standings.shares()).containsOnly(0.25f);
  }

  @Test
  void share_lossNotFinite_isZeroUntilTheRivalHasALossOfItsOwnAgain() {
    for (Combine combine : Combine.values()) {
      // Given
      Standings standings = new Standings(3, combine, MEMORY, true);

      // When
      block(standings, 8, 4, Double.POSITIVE_INFINITY, 6);

      // Then
      assertThat(standings.shares()[1]).isZero();
      assertThat(standings.shares()[0] + standings.shares()[2]).isEqualTo(1, within(CLOSE));

      // When: it begins again, and nobody knows it for 100 records
      standings.admit(1);
      for (int records = 10; records < MEMORY; records += 10) {
        block(standings, 10, 4, 3, 6);
        assertThat(standings.shares()[1]).isZero();
      }
      block(standings, 10, 4, 3, 6);

      // Then
      assertThat(standings.shares()[1]).isPositive();
      assertThat(standings.loss(1)).isCloseTo(0.3, within(1e-12));
    }
  }

  @Test
  void carried_severalBlocks_isTheMeanShareSinceTheTurnBegan() {
    // Given
    Standings standings = new Standings(2, Combine.PICK, MEMORY, true);
    block(standings, 8, 9, 1);
    standings.beginTurn();

    // When: the second one leads, leads, and falls behind
    block(standings, 8, 1, 1);
    block(standings, 8, 1, 1);
    block(standings, 8, 1, 99);

    // Then
    assertThat(standings.carried(0)).isEqualTo(1.0 / 3, within(1e-9));
    assertThat(standings.carried(1)).isEqualTo(2.0 / 3, within(1e-9));
  }

  private static void block(Standings standings, int records, double... losses) {
    standings.fade(records);
    for (int i = 0; i < losses.length; i++) {
      standings.add(i, losses[i]);
    }
    standings.share();
  }
}
