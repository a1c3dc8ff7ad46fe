package io.millrace.runtime.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import java.text.ParseException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tokens signed by a key of a file: JWT (RFC 7519) with an asymmetric signature, an expiration
 * time, and the issuer and audience of the settings. Immutable.
 */
final class SignedTokens implements TokenSource {
  /**
   * Asymmetric algorithms only: with a shared secret, everyone who validates tokens could issue
   * them.
   */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final String rolesClaim;

  private SignedTokens(JWKSet keys, AccessSettings.Jwt settings, Clock clock) {
    this.rolesClaim = settings.rolesClaim();
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(keys)));
    processor.setJWTClaimsSetVerifier(new Claims(settings, clock));
  }

  /**
   * Reads the text of a key file (RFC 7517).
   *
   * @param key the setting that names the file, for messages
   * @throws InvalidSettingsException if the text is not a key set
   */
  static SignedTokens read(String text, String key, AccessSettings.Jwt settings, Clock clock) {
    try {
      return new SignedTokens(JWKSet.parse(text), settings, clock);
    } catch (ParseException e) {
      throw new InvalidSettingsException(
          List.of(new Problem(key, "names a file that is no JSON Web Key Set")));
    }
  }

  @Override
  public Grant grant(String token) throws UnknownTokenException {
    try {
      JWTClaimsSet claims = processor.process(token, null);
      String name = Objects.requireNonNullElse(claims.getSubject(), "signed token");
      return new Grant(role(claims), name, claims.getExpirationTime().toInstant());
    } catch (ExpiredJWTException e) {
      throw new UnknownTokenException("the token has expired");
    } catch (ParseException | BadJOSEException | JOSEException e) {
      throw new UnknownTokenException("the token is not valid here");
    }
  }

  /** Returns the highest role that a token names; null if it names none of ours. */
  private @Nullable Role role(JWTClaimsSet claims) {
    Object claim = claims.getClaim(rolesClaim);
    Stream<String> names =
        claim instanceof Collection<?> list
            ? list.stream().map(String::valueOf)
            : Arrays.stream(String.valueOf(claim).split(" "));
    return names.flatMap(name -> Role.named(name).stream()).max(Role::compareTo).orElse(null);
  }

  /** Verifies claims by the time of the given clock. */
  private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {
    private final Clock clock;

    Claims(AccessSettings.Jwt settings, Clock clock) {
      super(
          settings.audience(),
          new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
          Set.of("exp"));
      this.clock = clock;
    }

    @Override
    protected Date currentTime() {
      return Date.from(clock.instant());
    }
  }
}
