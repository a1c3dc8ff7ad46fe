package io.millrace.runtime.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens from a file, each with its role. Only their SHA-256 is kept, so the time of a look-up does
 * not reveal how much of a token was right. Immutable.
 */
final class StaticTokens implements TokenSource {
  private final Map<String, Grant> grants;

  private StaticTokens(Map<String, Grant> grants) {
    this.grants = Map.copyOf(grants);
  }

  /**
   * Reads the file's text: on each line a role and a token. Lines that begin with # are comments.
   *
   * @param key the setting that names the file, for messages
   * @throws InvalidSettingsException if a line is malformed, or there is no token
   */
  static StaticTokens read(String text, String key) {
    Map<String, Grant> grants = new HashMap<>();
    int number = 0;
    for (String line : text.lines().map(String::strip).toList()) {
      number++;
      if (!line.isEmpty() && !line.startsWith("#")) {
        add(grants, line, number, key);
      }
    }
    if (grants.isEmpty()) {
      throw invalid(key, "names a file without a token");
    }
    return new StaticTokens(grants);
  }

  @Override
  public Grant grant(String token) throws UnknownTokenException {
    Grant grant = grants.get(digest(token));
    if (grant == null) {
      throw new UnknownTokenException("the token is unknown");
    }
    return grant;
  }

  private static void add(Map<String, Grant> grants, String line, int number, String key) {
    String[] words = line.split("\\s+");
    Optional<Role> role = Role.named(words[0]);
    if (words.length != 2 || role.isEmpty()) {
      throw invalid(
          key, "names a file whose line %d is not infer TOKEN or admin TOKEN".formatted(number));
    }
    grants.put(digest(words[1]), new Grant(role.get(), "token of line " + number, Instant.MAX));
  }

  private static InvalidSettingsException invalid(String key, String message) {
    return new InvalidSettingsException(List.of(new Problem(key, message)));
  }

  private static String digest(String token) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
