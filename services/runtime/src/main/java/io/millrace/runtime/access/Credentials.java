package io.millrace.runtime.access;

import io.millrace.runtime.LogKeys;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Authorizes callers by their tokens. The files are read at the start and by {@link #reload}, which
 * blocks on the disk. Everything else is safe for any thread and never blocks.
 *
 * <p>Checking a signature takes longer than a prediction. So the grant of a valid token is cached
 * until it expires or the files change. Tokens are never logged.
 */
final class Credentials implements Authority {
  private static final Logger LOGGER = LoggerFactory.getLogger(Credentials.class);
  private static final String BEARER = "Bearer ";
  private static final int MOST_REMEMBERED = 10_000;

  private final AccessSettings settings;
  private final Clock clock;
  private volatile Known known;

  /**
   * Reads the files.
   *
   * @throws InvalidSettingsException if a file cannot be used
   */
  Credentials(AccessSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.known = load(texts());
  }

  @Override
  public @Nullable Denial denial(HttpServerRequest request, Role needed) {
    return denial(request.getHeader(HttpHeaders.AUTHORIZATION), needed);
  }

  @Override
  public String caller(MultiMap headers, HttpConnection connection) {
    try {
      return grant(headers.get(HttpHeaders.AUTHORIZATION)).name();
    } catch (UnknownTokenException e) {
      return "unknown";
    }
  }

  /**
   * @param authorization the header of that name
   */
  @Nullable Denial denial(@Nullable String authorization, Role needed) {
    try {
      Grant grant = grant(authorization);
      return grant.role() != null && grant.role().covers(needed)
          ? null
          : Denial.forbidden("the token does not allow this");
    } catch (UnknownTokenException e) {
      return Denial.unauthenticated(String.valueOf(e.getMessage()));
    }
  }

  /** Reads the files again if they have changed. Unusable files leave the tokens as they were. */
  void reload() {
    try {
      List<String> texts = texts();
      if (!texts.equals(known.texts)) {
        known = load(texts);
        LOGGER.info("Tokens loaded again");
      }
    } catch (InvalidSettingsException e) {
      LOGGER
          .atWarn()
          .addKeyValue(LogKeys.REASON, e.getMessage())
          .log("Tokens have changed and cannot be used; those before stay");
    }
  }

  private Grant grant(@Nullable String authorization) throws UnknownTokenException {
    if (authorization == null
        || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw new UnknownTokenException("a bearer token is needed");
    }
    return known.grant(authorization.substring(BEARER.length()).strip(), clock);
  }

  private Known load(List<String> texts) {
    List<TokenSource> sources = new ArrayList<>();
    int next = 0;
    if (settings.tokens().isPresent()) {
      sources.add(StaticTokens.read(texts.get(next++), key("tokens")));
    }
    if (settings.jwt().isPresent()) {
      sources.add(SignedTokens.read(texts.get(next), key("jwks"), settings.jwt().get(), clock));
    }
    return new Known(texts, List.copyOf(sources));
  }

  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    settings.tokens().ifPresent(file -> texts.add(text("tokens", file)));
    settings.jwt().ifPresent(jwt -> texts.add(text("jwks", jwt.keys())));
    return texts;
  }

  private String key(String name) {
    return settings.section() + "." + name;
  }

  private String text(String name, Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new InvalidSettingsException(
          List.of(
              new Problem(key(name), "is %s; allowed: a file that can be read".formatted(file))));
    }
  }

  /** The content of the files at one reading, with its cache. */
  private static final class Known {
    private final List<String> texts;
    private final List<TokenSource> sources;
    private final Map<String, Grant> remembered = new ConcurrentHashMap<>();

    Known(List<String> texts, List<TokenSource> sources) {
      this.texts = texts;
      this.sources = sources;
    }

    Grant grant(String token, Clock clock) throws UnknownTokenException {
      Grant grant = remembered.get(token);
      if (grant != null && grant.end().isAfter(clock.instant())) {
        return grant;
      }
      remembered.remove(token);
      Grant fresh = ask(token);
      if (remembered.size() >= MOST_REMEMBERED) {
        remembered.clear();
      }
      remembered.put(token, fresh);
      return fresh;
    }

    private Grant ask(String token) throws UnknownTokenException {
      UnknownTokenException reason = new UnknownTokenException("the token is unknown");
      for (TokenSource source : sources) {
        try {
          return source.grant(token);
        } catch (UnknownTokenException e) {
          reason = e; // signed tokens come last and give the more specific reason
        }
      }
      throw reason;
    }
  }
}
