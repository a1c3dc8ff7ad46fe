package io.millrace.cli.predict;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.client.Address;
import io.millrace.client.ClientOptions;
import io.millrace.client.Tls;
import io.millrace.runtime.http.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How to connect to a predictor.
 *
 * @param authorities PEM file of the authorities of the predictor's certificate; null for a plain
 *     connection
 * @param tokenFile the file with the bearer token; null to send none
 */
public record Access(@Nullable Path authorities, @Nullable Path tokenFile) {
  private static final int ATTEMPTS = 3;

  /** Returns the client's options for the predictor at an endpoint. */
  public ClientOptions to(Endpoint endpoint) {
    if (endpoint.port() == 0) {
      throw new CommandFailedException(
          "serving.port is 0: the predictor chose one itself; name it");
    }
    ClientOptions options =
        ClientOptions.of(new Address(endpoint.host(), endpoint.port())).withAttempts(ATTEMPTS);
    if (authorities != null) {
      read(authorities); // reports an unreadable file at once
      options = options.withTls(Tls.trusting(authorities));
    }
    if (tokenFile != null) {
      String token = token().orElseThrow();
      options = options.withToken(() -> token);
    }
    return options;
  }

  /**
   * Returns the bearer token to send; empty to send none.
   *
   * @throws CommandFailedException if the file cannot be read, or does not hold one token alone
   */
  public Optional<String> token() {
    return Optional.ofNullable(tokenFile).map(Access::tokenIn);
  }

  /** Returns these, after a look at the files that they name. */
  public Access checked() {
    token();
    if (authorities != null) {
      read(authorities);
    }
    return this;
  }

  private static String tokenIn(Path file) {
    String token = read(file).strip();
    if (token.isEmpty()
        || !token.chars().allMatch(character -> character > ' ' && character < 127)) {
      throw new CommandFailedException(
          file
              + " holds something else than one bearer token; allowed: the token alone, without a role");
    }
    return token;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new CommandFailedException("cannot read " + file + ": " + e.getMessage());
    }
  }
}
