package io.millrace.predictor.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.following.ServedVersions;
import io.millrace.predictor.following.TestModels;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final int REQUESTS = 20_000;

  private final ServedModel champion = TestModels.echo(1);
  private final ServedModel challenger = TestModels.echo(2);
  private final ServedVersions versions = versions(champion, challenger);
  private final Traffic traffic = new Traffic(new RoutingSettings(95, 5, Optional.empty()));

  @Test
  void choose_ids_areSharedAsTheSettingsSay() {
    long toTheChallenger =
        IntStream.range(0, REQUESTS)
            .filter(i -> traffic.choose(versions, "request-" + i) == challenger)
            .count();

    assertThat((double) toTheChallenger / REQUESTS).isCloseTo(0.05, Offset.offset(0.01));
  }

  @Test
  void choose_sameId_goesTheSameWay() {
    Traffic other = new Traffic(new RoutingSettings(95, 5, Optional.empty()));
    for (int i = 0; i < 1000; i++) {
      String id = "request-" + i;
      assertThat(traffic.choose(versions, id)).isSameAs(other.choose(versions, id));
    }
  }

  @Test
  void choose_noIds_areSpread() {
    long toTheChallenger =
        IntStream.range(0, REQUESTS)
            .filter(i -> traffic.choose(versions, "") == challenger)
            .count();

    assertThat((double) toTheChallenger / REQUESTS).isCloseTo(0.05, Offset.offset(0.01));
  }

  @Test
  void choose_noChallenger_isTheChampion() {
    ServedVersions alone = versions(challenger, champion); // the champion is the newest

    assertThat(alone.challenger()).isNull();
    assertThat(traffic.choose(alone, "request-1")).isSameAs(challenger);
  }

  private static ServedVersions versions(ServedModel first, ServedModel other) {
    return Objects.requireNonNull(TestModels.servingFirst(first, other).of("echo"));
  }
}
