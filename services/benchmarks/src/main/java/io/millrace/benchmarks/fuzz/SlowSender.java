package io.millrace.benchmarks.fuzz;

import io.millrace.benchmarks.fuzz.Wire.Heard;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections and keeps them open: silent, in the middle of a handshake, head, body or call,
 * or after an answer. The server must close each after its timeout.
 */
final class SlowSender implements FuzzRun.Sender {
  static final int WINDOW = 250;

  static final Duration HEAD = Duration.ofSeconds(5);
  static final Duration BODY = Duration.ofSeconds(5);
  static final Duration IDLE = Duration.ofSeconds(6);

  /** Extra time for the client to notice the end, since the machine may be busy. */
  private static final Duration MORE = Duration.ofSeconds(20);

  private static final String POST =
      "POST " + HttpBody.INFER + " HTTP/1.1\r\nHost: here\r\nContent-Length: 500\r\n";
  private static final Buffer NONE = Buffer.buffer();

  private static final List<Kind> KINDS =
      List.of(
          new Kind("silent", HEAD, List.of(NONE)),
          new Kind("half a head", HEAD, List.of(Buffer.buffer("POS"))),
          new Kind("half a head", HEAD, List.of(Buffer.buffer(POST))),
          new Kind("half a head", HEAD, List.of(Buffer.buffer("PRI * HTTP/2.0\r\n"))),
          new Kind("half a head", HEAD, List.of(Buffer.buffer("\u0016\u0003\u0001"))),
          new Kind("dripping head", HEAD, drips(POST + "X: ")),
          new Kind("no body", BODY, List.of(Buffer.buffer(POST + "\r\n"))),
          new Kind("no body", BODY, List.of(Buffer.buffer(POST + "Expect: 100-continue\r\n\r\n"))),
          new Kind("half a body", BODY, List.of(Buffer.buffer(POST + "\r\n{"))),
          new Kind("dripping body", BODY, drips(POST + "\r\n")),
          new Kind("idle", IDLE, List.of(Buffer.buffer("GET /v2 HTTP/1.1\r\nHost: here\r\n\r\n"))),
          new Kind("idle http2", IDLE, List.of(Http2Bytes.preface(NONE))),
          new Kind(
              "half a frame",
              IDLE,
              List.of(Http2Bytes.preface(NONE), Buffer.buffer(new byte[] {0, 1, 0, 1, 4}))));

  private final Wire wire;
  private final Findings findings;

  SlowSender(Wire wire, Findings findings) {
    this.wire = wire;
    this.findings = findings;
  }

  @Override
  public int window() {
    return WINDOW;
  }

  @Override
  public Future<@Nullable String> send(RequestMutator mutator) {
    Kind kind = mutator.pick(KINDS);
    return wire.talk(kind.pieces, kind.pieces.size() > 2 ? 100 : 0, heard -> false)
        .map(heard -> look(kind, heard));
  }

  private @Nullable String look(Kind kind, Heard heard) {
    findings.answered("held " + kind.name);
    Duration over = Duration.ofNanos(heard.heldNanos()).minus(kind.limit);
    findings.heldFor(over);
    if (over.compareTo(MORE) > 0) {
      return kind.name + " is held for " + over + " longer than allowed";
    }
    String text = heard.bytes().toString("ISO-8859-1");
    boolean mayBeAnswered = kind.limit.equals(IDLE);
    if (!mayBeAnswered && !text.matches("(?s)(HTTP/1.1 100 Continue\r\n\r\n)?(HTTP/1.1 408 .*)?")) {
      return kind.name + " hears " + text;
    }
    return null;
  }

  private static List<Buffer> drips(String beginning) {
    List<Buffer> drips = new ArrayList<>();
    drips.add(Buffer.buffer(beginning));
    for (int i = 0; i < 400; i++) {
      drips.add(Buffer.buffer("x"));
    }
    return drips;
  }

  /**
   * @param limit the timeout of such a connection
   */
  private record Kind(String name, Duration limit, List<Buffer> pieces) {}
}
