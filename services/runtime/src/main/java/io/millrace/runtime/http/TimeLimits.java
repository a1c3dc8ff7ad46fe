package io.millrace.runtime.http;

import io.millrace.settings.Section;
import java.time.Duration;

/**
 * How long a connection may wait for its client. The time of an answer is not limited, nor are
 * calls that are streams.
 *
 * @param head from the connection, or the first byte of a further request, to the end of the head;
 *     includes the handshakes of TLS and HTTP/2
 * @param body from the end of the head to the end of the body
 * @param idle without a request
 */
public record TimeLimits(Duration head, Duration body, Duration idle) {
  public static final TimeLimits DEFAULT =
      new TimeLimits(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(2));

  private static final Duration SHORTEST = Duration.ofMillis(100);

  /** Reads the limits. */
  public static TimeLimits read(Section section) {
    return new TimeLimits(
        section
            .duration("head_timeout", "Longest time for a request's head, or for a handshake.")
            .check("100ms or more", TimeLimits::isLongEnough)
            .orElse(DEFAULT.head),
        section
            .duration(
                "body_timeout",
                "How long a request's body may take after its head, and a caller of HTTP/2 to take"
                    + " an answer.")
            .check("100ms or more", TimeLimits::isLongEnough)
            .orElse(DEFAULT.body),
        section
            .duration(
                "idle_timeout", "Longest time that a connection stays open without a request.")
            .check("100ms or more", TimeLimits::isLongEnough)
            .orElse(DEFAULT.idle));
  }

  private static boolean isLongEnough(Duration limit) {
    return limit.compareTo(SHORTEST) >= 0;
  }

  /** Returns how often the limits are checked. */
  Duration interval() {
    Duration least = head.compareTo(body) < 0 ? head : body;
    least = least.compareTo(idle) < 0 ? least : idle;
    Duration fraction = least.dividedBy(4);
    Duration second = Duration.ofSeconds(1);
    return fraction.compareTo(second) < 0 ? fraction : second;
  }
}
