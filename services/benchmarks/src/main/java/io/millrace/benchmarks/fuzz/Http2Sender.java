package io.millrace.benchmarks.fuzz;

import io.millrace.benchmarks.fuzz.Wire.Heard;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls over HTTP/2, frame by frame, each on its own connection: valid calls, calls with
 * wrong header fields, and frames that are cut, reset, damaged, repeated or out of order. A valid
 * call must be answered. After any other, the stream or the connection must end.
 */
final class Http2Sender implements FuzzRun.Sender {
  private static final Buffer NONE = Buffer.buffer();
  private static final String MODEL_INFER = "/inference.GRPCInferenceService/ModelInfer";

  /** The header fields of a stream, as alternating names and values. */
  private static final List<List<String>> WRONG_FIELDS =
      List.of(
          List.of(),
          List.of(":method", "POST", ":scheme", "http", ":path", "", "content-type", "x"),
          List.of(":method", "POST", ":path", MODEL_INFER, "content-type", "application/grpc"),
          List.of("content-type", "application/grpc", ":method", "POST", ":path", MODEL_INFER),
          with("Content-Type", "application/grpc"),
          with("connection", "close"),
          with("transfer-encoding", "chunked"),
          with("te", "gzip"),
          with("content-length", "1"),
          with("content-length", "x"),
          with("content-type", "application/grpc+json"),
          with("content-type", "application/grpc;x=\u00ff\u0000"),
          with("grpc-timeout", "99999999999H"),
          with("grpc-timeout", "\u00e9"),
          with("grpc-encoding", "snappy"),
          with(":path", "/"),
          with(":status", "200"),
          with("", "x"),
          with("x y", "z"),
          with("x", "\r\ny: z"),
          with("x-bin", "%%%"),
          with("x", "x".repeat(15_000)),
          with("x", "x".repeat(60_000)));

  private final Wire wire;
  private final Findings findings;

  Http2Sender(Wire wire, Findings findings) {
    this.wire = wire;
    this.findings = findings;
  }

  @Override
  public int window() {
    return SlowSender.WINDOW; // if a length is wrong, the server waits for the rest
  }

  @Override
  public Future<@Nullable String> send(RequestMutator mutator) {
    int kind = mutator.below(8);
    List<Buffer> frames = frames(kind, mutator);
    Buffer all = Buffer.buffer();
    frames.forEach(all::appendBuffer);
    return switch (kind) {
      case 0 -> talk(List.of(all)).map(heard -> look(heard, "right"));
      case 1 -> {
        Buffer cut = all.getBuffer(0, mutator.below(all.length()));
        yield wire.talk(List.of(cut), 0, heard -> true).map(heard -> look(heard, "left"));
      }
      case 2 -> {
        Buffer flipped = Buffer.buffer(mutator.damaged(all.getBytes()));
        yield talk(List.of(flipped)).map(heard -> look(heard, "damaged"));
      }
      default -> talk(frames).map(heard -> look(heard, "odd"));
    };
  }

  private Future<Heard> talk(List<Buffer> pieces) {
    return wire.talk(pieces, 0, heard -> Http2Bytes.isOver(heard, 1));
  }

  private @Nullable String look(Heard heard, String kind) {
    findings.answered("http2 " + kind + (heard.ended() ? " given up" : ""));
    return kind.equals("right") && heard.ended() ? "a right call is not answered: " + heard : null;
  }

  private static List<Buffer> frames(int kind, RequestMutator mutator) {
    List<Buffer> frames = new ArrayList<>();
    frames.add(Http2Bytes.preface(kind == 3 ? settings(mutator) : NONE));
    List<String> fields = kind == 4 ? mutator.pick(WRONG_FIELDS) : with("te", "trailers");
    frames.add(
        Http2Bytes.frame(Http2Bytes.HEADERS, Http2Bytes.END_HEADERS, 1, Http2Bytes.fields(fields)));
    Buffer message = message(kind == 0, mutator);
    int half = mutator.below(message.length());
    frames.add(Http2Bytes.frame(Http2Bytes.DATA, 0, 1, message.getBuffer(0, half)));
    if (kind >= 5) {
      for (int left = mutator.below(4); left > 0; left--) {
        frames.add(mutator.below(frames.size()) + 1, oddFrame(mutator));
      }
    }
    Buffer rest = message.getBuffer(half, message.length());
    frames.add(Http2Bytes.frame(Http2Bytes.DATA, Http2Bytes.END_STREAM, 1, rest));
    return frames;
  }

  private static Buffer message(boolean right, RequestMutator mutator) {
    byte[] message =
        right ? mutator.right().build().toByteArray() : mutator.request().toByteArray();
    Buffer one =
        Buffer.buffer().appendByte((byte) 0).appendInt(message.length).appendBytes(message);
    return right || mutator.below(2) == 0
        ? one
        : Buffer.buffer().appendBuffer(one).appendBuffer(one);
  }

  /**
   * Returns settings with any id and value. With a window of 0 the server must hold back the
   * answer.
   */
  private static Buffer settings(RequestMutator mutator) {
    Buffer settings = Buffer.buffer();
    for (int left = mutator.below(4); left > 0; left--) {
      settings
          .appendUnsignedShort(mutator.below(8))
          .appendInt(mutator.pick(List.of(0, 1, 100, 16_384, 65_535, Integer.MAX_VALUE, -1)));
    }
    return settings;
  }

  private static Buffer oddFrame(RequestMutator mutator) {
    int stream = mutator.pick(List.of(0, 1, 1, 1, 2, 3, 5, Integer.MAX_VALUE, -1));
    return switch (mutator.below(6)) {
      case 0 -> Http2Bytes.frame(Http2Bytes.RST_STREAM, 0, stream, Buffer.buffer().appendInt(8));
      case 1 ->
          Http2Bytes.frame(
              Http2Bytes.WINDOW_UPDATE,
              0,
              stream,
              Buffer.buffer().appendInt(mutator.pick(List.of(0, 1, Integer.MAX_VALUE, -1))));
      case 2 ->
          repeated(Http2Bytes.frame(Http2Bytes.PING, 0, 0, Buffer.buffer(new byte[8])), mutator);
      case 3 -> repeated(Http2Bytes.frame(Http2Bytes.SETTINGS, 0, 0, NONE), mutator);
      case 4 -> repeated(Http2Bytes.frame(Http2Bytes.DATA, 0, stream, NONE), mutator);
      default ->
          Http2Bytes.frame(
              mutator.below(12),
              mutator.below(256),
              stream,
              Buffer.buffer(mutator.bytes(mutator.below(40))));
    };
  }

  private static Buffer repeated(Buffer frame, RequestMutator mutator) {
    Buffer storm = Buffer.buffer();
    for (int left = 1 + mutator.below(300); left > 0; left--) {
      storm.appendBuffer(frame);
    }
    return storm;
  }

  private static List<String> with(String name, String value) {
    return List.of(
        ":method",
        "POST",
        ":scheme",
        "http",
        ":path",
        MODEL_INFER,
        ":authority",
        "here",
        "content-type",
        "application/grpc",
        name,
        value);
  }
}
