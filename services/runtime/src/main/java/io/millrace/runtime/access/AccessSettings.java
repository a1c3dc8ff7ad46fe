package io.millrace.runtime.access;

import io.millrace.settings.Section;
import io.vertx.core.http.ClientAuth;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * Who may call what on a server.
 *
 * @param section the settings section that was read, for messages
 * @param tokens a file of tokens, one per line, each after its role
 * @param jwt how signed tokens are validated
 * @param operators without tokens, the certificate subjects that have every role
 */
public record AccessSettings(
    String section, Optional<Path> tokens, Optional<Jwt> jwt, Set<X500Principal> operators) {

  /**
   * Reads the section {@code authentication}.
   *
   * @param clientAuth whether callers present certificates
   */
  public static AccessSettings read(Section authentication, ClientAuth clientAuth) {
    Optional<Path> tokens =
        authentication.filePath(
            "tokens", "File of bearer tokens, a line each: infer TOKEN, or admin TOKEN.");
    Optional<Path> jwks =
        authentication.filePath("jwks", "File of the public keys (JWKS) that sign JWT tokens.");
    String issuer = authentication.text("issuer", "The issuer (iss) of JWT tokens.").orElse("");
    String audience =
        authentication.text("audience", "The audience (aud) of JWT tokens.").orElse("millrace");
    String claim =
        authentication
            .text("roles_claim", "The JWT claim with the roles, a list or words: infer, admin.")
            .orElse("scope");
    if (jwks.isPresent() && issuer.isEmpty()) {
      authentication.report("issuer", "is required beside jwks: text");
    }
    Set<X500Principal> operators = operators(authentication);
    if (!operators.isEmpty() && (tokens.isPresent() || jwks.isPresent())) {
      authentication.report("operators", "is given beside tokens; allowed: one of the two");
    }
    if (!operators.isEmpty() && clientAuth == ClientAuth.NONE) {
      authentication.report("operators", "is given without tls.client_ca; allowed: with it");
    }
    return new AccessSettings(
        authentication.path(),
        tokens,
        jwks.map(file -> new Jwt(file, issuer, audience, claim)),
        operators);
  }

  /** Returns the settings of a server without authentication. */
  public static AccessSettings none(String section) {
    return new AccessSettings(section, Optional.empty(), Optional.empty(), Set.of());
  }

  private static Set<X500Principal> operators(Section authentication) {
    List<String> names =
        authentication
            .texts(
                "operators",
                "With tls.client_ca and no tokens: the subjects of certificates that may do"
                    + " everything, such as CN=ops,O=Acme; all others have the role infer.")
            .orElse(List.of());
    Set<X500Principal> operators = new HashSet<>();
    for (String name : names) {
      try {
        operators.add(new X500Principal(name));
      } catch (IllegalArgumentException e) {
        authentication.report(
            "operators", "is %s; allowed: subjects such as CN=ops,O=Acme".formatted(name));
      }
    }
    return operators;
  }

  /** Returns whether operators are distinguished from other callers. */
  public boolean knowsOperators() {
    return byToken() || !operators.isEmpty();
  }

  /** Returns whether callers must present tokens. */
  public boolean byToken() {
    return tokens.isPresent() || jwt.isPresent();
  }

  /**
   * The requirements for a signed token (RFC 7519).
   *
   * @param keys a file of public keys (RFC 7517)
   * @param rolesClaim the claim with the roles: a list, or a text with spaces between them
   */
  public record Jwt(Path keys, String issuer, String audience, String rolesClaim) {}
}
