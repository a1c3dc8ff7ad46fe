package io.millrace.client;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of predictors, and how to call them.
 *
 * @param addresses predictors of the same models, at least one; if one is unavailable, the next is
 *     called
 * @param deadline how long a prediction may take, all attempts together
 * @param attempts the most attempts while predictors are unavailable
 * @param tls how connections are encrypted; null for plain connections
 * @param token supplies the bearer token, once per attempt, so that it may change; null to send
 *     none
 */
public record ClientOptions(
    List<Address> addresses,
    Duration deadline,
    int attempts,
    @Nullable Tls tls,
    @Nullable Supplier<String> token) {
  private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(10);
  private static final int DEFAULT_ATTEMPTS = 5;

  public ClientOptions {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("addresses is empty; allowed: at least one address");
    }
    if (deadline.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException("deadline is " + deadline + "; allowed: at least 1 ms");
    }
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts is " + attempts + "; allowed: at least 1");
    }
  }

  /** Returns the defaults: 10 seconds, 5 attempts, no encryption and no token. */
  public static ClientOptions of(Address... addresses) {
    return new ClientOptions(List.of(addresses), DEFAULT_DEADLINE, DEFAULT_ATTEMPTS, null, null);
  }

  public ClientOptions withDeadline(Duration other) {
    return new ClientOptions(addresses, other, attempts, tls, token);
  }

  public ClientOptions withAttempts(int other) {
    return new ClientOptions(addresses, deadline, other, tls, token);
  }

  public ClientOptions withTls(Tls other) {
    return new ClientOptions(addresses, deadline, attempts, other, token);
  }

  public ClientOptions withToken(Supplier<String> other) {
    return new ClientOptions(addresses, deadline, attempts, tls, other);
  }
}
