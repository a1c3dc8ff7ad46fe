package io.millrace.predictor.following;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.predictor.following.StalenessLimit.WhenStale;
import io.millrace.runtime.lifecycle.Health;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FreshnessTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Health health = new Health();

  @Test
  void check_noVersion_isNotReady() {
    Freshness freshness = at(TestModels.CREATED_AT, Optional.empty());

    assertThat(health.reasonsAgainstReadiness())
        .containsEntry("model echo", "it has no version yet: no checkpoint was published");

    freshness.check(null, "learned nothing");

    assertThat(health.reasonsAgainstReadiness())
        .containsEntry("model echo", "it has learned nothing");

    freshness.check(TestModels.echo(1), "");

    assertThat(health.reasonsAgainstReadiness()).isEmpty();
  }

  @Test
  void check_asOldAsAllowed_isReady() {
    at(TestModels.CREATED_AT.plus(LIMIT), Optional.of(LIMIT)).check(TestModels.echo(1), "");

    assertThat(health.reasonsAgainstReadiness()).isEmpty();
  }

  @Test
  void check_olderThanAllowed_isNotReady() {
    at(TestModels.CREATED_AT.plus(LIMIT).plusMillis(1), Optional.of(LIMIT))
        .check(TestModels.echo(1), "");

    assertThat(health.reasonsAgainstReadiness())
        .containsEntry(
            "model echo",
            "version 1 was made at 2026-11-21T10:00:00Z, longer ago than serving.max_staleness");
  }

  @Test
  void check_oldWithoutALimit_isReady() {
    at(TestModels.CREATED_AT.plus(Duration.ofDays(1)), Optional.empty())
        .check(TestModels.echo(1), "");

    assertThat(health.reasonsAgainstReadiness()).isEmpty();
  }

  @Test
  void check_olderThanAllowedWithAWarning_isReady() {
    StalenessLimit limit = new StalenessLimit(Optional.of(LIMIT), WhenStale.WARN);
    Instant now = TestModels.CREATED_AT.plus(Duration.ofDays(1));
    Freshness freshness = new Freshness(health, "echo", limit, Clock.fixed(now, ZoneOffset.UTC));

    freshness.check(TestModels.echo(1), "");

    assertThat(health.reasonsAgainstReadiness()).isEmpty();
  }

  private Freshness at(Instant now, Optional<Duration> age) {
    StalenessLimit limit = new StalenessLimit(age, WhenStale.NOT_READY);
    return new Freshness(health, "echo", limit, Clock.fixed(now, ZoneOffset.UTC));
  }
}
