package io.millrace.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.millrace.settings.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofHours(1));
  private static final String UNKNOWN = "the token is not valid here";

  @TempDir private Path folder;
  private final Signing signing = signing();
  private final SetClock clock = new SetClock();
  private Path tokens;
  private Path keys;
  private Credentials credentials;

  @BeforeEach
  void write() throws IOException {
    tokens = folder.resolve("tokens");
    keys = folder.resolve("jwks.json");
    Files.writeString(tokens, "# people\ninfer abc\nadmin xyz\n");
    Files.writeString(keys, signing.keys());
    credentials =
        new Credentials(
            new AccessSettings(
                "serving.authentication",
                Optional.of(tokens),
                Optional.of(new AccessSettings.Jwt(keys, Signing.ISSUER, "millrace", "scope")),
                Set.of()),
            clock);
  }

  @Test
  void denial_noToken_asksForOne() {
    assertDenied(null, 401, "a bearer token is needed");
    assertDenied("Basic abc", 401, "a bearer token is needed");
  }

  @Test
  void denial_listedToken_allowsWhatItsRoleCovers() {
    assertThat(credentials.denial("Bearer abc", Role.INFER)).isNull();
    assertThat(credentials.denial("bearer xyz", Role.INFER)).isNull();
    assertThat(credentials.denial("Bearer xyz", Role.ADMIN)).isNull();
    assertThat(credentials.denial("Bearer abc", Role.ADMIN))
        .isEqualTo(Denial.forbidden("the token does not allow this"));
  }

  @Test
  void denial_signedToken_allowsWhatItSays() throws JOSEException {
    String token = "Bearer " + signing.token("openid infer", LATER);

    assertThat(credentials.denial(token, Role.INFER)).isNull();
    assertThat(credentials.denial(token, Role.ADMIN)).isNotNull();
    assertThat(credentials.denial("Bearer " + signing.token("admin", LATER), Role.ADMIN)).isNull();
    assertThat(credentials.denial("Bearer " + signing.token("openid", LATER), Role.INFER))
        .isEqualTo(Denial.forbidden("the token does not allow this"));
  }

  @Test
  void denial_tokenThatEndsMeanwhile_isDeniedAfterwards() throws JOSEException {
    String token = "Bearer " + signing.token("infer", LATER);
    assertThat(credentials.denial(token, Role.INFER)).isNull();

    clock.now = LATER.plus(Duration.ofMinutes(2));

    assertDenied(token, 401, "the token has expired");
  }

  @Test
  void denial_tokenOfAnotherKeyIssuerOrAudience_isNotValid() throws JOSEException {
    assertDenied("Bearer " + signing().token("admin", LATER), 401, UNKNOWN);
    assertDenied(
        "Bearer " + signing.token("admin", LATER, "https://other.example", "millrace"),
        401,
        UNKNOWN);
    assertDenied("Bearer " + signing.token("admin", LATER, Signing.ISSUER, "other"), 401, UNKNOWN);
  }

  @Test
  void denial_unsignedOrTamperedToken_isNotValid() throws JOSEException {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(Signing.ISSUER)
            .audience("millrace")
            .claim("scope", "admin")
            .expirationTime(Date.from(LATER))
            .build();
    assertDenied("Bearer " + new PlainJWT(claims).serialize(), 401, UNKNOWN);
    String[] parts = signing.token("infer", LATER).split("\\.");
    String[] other = signing.token("admin", LATER).split("\\.");
    assertDenied("Bearer " + parts[0] + "." + other[1] + "." + parts[2], 401, UNKNOWN);
    assertDenied("Bearer a.b.c", 401, UNKNOWN);
    assertDenied("Bearer ", 401, UNKNOWN);
  }

  @Test
  void reload_changedFiles_countFromThenOn() throws Exception {
    String old = "Bearer " + signing.token("infer", LATER);
    assertThat(credentials.denial(old, Role.INFER)).isNull();
    Signing next = signing();
    Files.writeString(tokens, "infer new\n");
    Files.writeString(keys, next.keys());

    credentials.reload();

    assertThat(credentials.denial("Bearer new", Role.INFER)).isNull();
    assertThat(credentials.denial("Bearer " + next.token("infer", LATER), Role.INFER)).isNull();
    assertDenied("Bearer abc", 401, UNKNOWN);
    assertDenied(old, 401, UNKNOWN);
  }

  @Test
  void reload_filesThatCannotBeUsed_changesNothing() throws IOException {
    Files.writeString(tokens, "root abc\n");

    credentials.reload();

    assertThat(credentials.denial("Bearer abc", Role.INFER)).isNull();
  }

  @Test
  void new_lineWithoutARole_namesTheLineButNotTheToken() throws IOException {
    Files.writeString(tokens, "infer abc\nsecret-token\n");

    assertThatThrownBy(
            () ->
                new Credentials(
                    new AccessSettings(
                        "management.authentication",
                        Optional.of(tokens),
                        Optional.empty(),
                        Set.of()),
                    clock))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("management.authentication.tokens")
        .hasMessageContaining("line 2 is not infer TOKEN or admin TOKEN")
        .hasMessageNotContaining("secret-token");
  }

  private void assertDenied(@Nullable String authorization, int httpStatus, String message) {
    Denial denial = Objects.requireNonNull(credentials.denial(authorization, Role.INFER));

    assertThat(denial.httpStatus()).isEqualTo(httpStatus);
    assertThat(denial.message()).isEqualTo(message);
  }

  private static Signing signing() {
    try {
      return new Signing();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static final class SetClock extends Clock {
    private Instant now = NOW;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
