package io.millrace.predictor.access;

import io.millrace.settings.Section;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the tokens that callers must bring are known from.
 *
 * @param tokens a file of tokens, a line each with its role before it
 * @param jwt how tokens that are signed are checked
 */
public record AccessSettings(Optional<Path> tokens, Optional<Jwt> jwt) {
  /** Everyone may do everything. */
  public static final AccessSettings OPEN = new AccessSettings(Optional.empty(), Optional.empty());

  /** Reads the section {@code authentication}. */
  public static AccessSettings read(Section authentication) {
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
    return new AccessSettings(tokens, jwks.map(file -> new Jwt(file, issuer, audience, claim)));
  }

  /** Returns whether callers need no token. */
  public boolean isOpen() {
    return tokens.isEmpty() && jwt.isEmpty();
  }

  /**
   * What a signed token (RFC 7519) must say.
   *
   * @param keys a file of public keys (RFC 7517)
   * @param rolesClaim a list of roles, or a text of roles with spaces between
   */
  public record Jwt(Path keys, String issuer, String audience, String rolesClaim) {}
}
