package io.millrace.benchmarks.fuzz;

import io.millrace.benchmarks.fuzz.Wire.Heard;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Opens more silent connections at once than the server accepts. Those above the limit must be
 * closed at once, and the others after their timeout. Then the server must answer a valid request,
 * which also shows that it has forgotten all earlier connections.
 */
final class Crowd {
  static final int MOST = 800;

  private static final int MORE = 200;

  /** Earlier senders' connections that may still be open. */
  private static final int OTHERS = 40;

  private static final Duration AT_ONCE = SlowSender.HEAD.dividedBy(2);

  private final Wire wire;
  private final Findings findings;

  Crowd(Wire wire, Findings findings) {
    this.wire = wire;
    this.findings = findings;
  }

  /** Runs the test. The future completes after the check. */
  Future<Void> come() {
    List<Future<Heard>> all =
        IntStream.range(0, MOST + MORE)
            .mapToObj(i -> wire.talk(List.of(Buffer.buffer()), 0, heard -> false))
            .toList();
    return Future.join(all).compose(nothing -> askRight(all.stream().map(Future::result).toList()));
  }

  private Future<Void> askRight(List<Heard> all) {
    long held = all.stream().filter(heard -> heard.heldNanos() > AT_ONCE.toNanos()).count();
    findings.answered("crowd, kept for a while", (int) held);
    findings.answered("crowd, closed at once", (int) (all.size() - held));
    if (held > MOST || held < MOST - OTHERS) {
      findings.problem("%d connections at once instead of %d".formatted(held, MOST));
    }
    Buffer body = HttpBody.right(1).bytes();
    String head = "POST %s HTTP/1.1\r\nHost: here\r\nContent-Length: %d\r\n\r\n";
    Buffer request =
        Buffer.buffer(head.formatted(HttpBody.INFER, body.length())).appendBuffer(body);
    return wire.talk(List.of(request), 0, heard -> !HttpAnswer.all(heard, false).isEmpty())
        .map(
            heard -> {
              List<HttpAnswer> answers = HttpAnswer.all(heard.bytes(), false);
              if (answers.isEmpty() || answers.get(0).sum() != 8) {
                findings.problem("a right request after all is answered " + answers);
              }
              return null;
            });
  }
}
