package io.millrace.benchmarks.fuzz;

import static io.millrace.benchmarks.fuzz.HttpBody.BAD;
import static io.millrace.benchmarks.fuzz.HttpBody.EITHER;
import static io.millrace.benchmarks.fuzz.HttpBody.OK;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Creates HTTP/1.1 requests, most of them with one wrong part: method, target, version, header,
 * framing, coding or body. Each part defines the allowed statuses.
 */
final class HostileHttp {
  private static final Set<Integer> NOT_FOUND = Set.of(400, 404);
  private static final Set<Integer> NOT_ALLOWED = Set.of(405);
  private static final Set<Integer> TOO_LARGE = Set.of(413);
  private static final Set<Integer> HEAD_TOO_LARGE = Set.of(431);

  private static final Set<Integer> UNKNOWN_VERSION = Set.of(400, 505);

  private static final List<Part> METHODS =
      List.of(
          new Part("GET", NOT_ALLOWED),
          new Part("HEAD", NOT_ALLOWED),
          new Part("OPTIONS", NOT_ALLOWED),
          new Part("DELETE", NOT_ALLOWED),
          new Part("TRACE", NOT_ALLOWED),
          new Part("post", NOT_ALLOWED),
          new Part("MADE-UP", NOT_ALLOWED),
          new Part("CONNECT", Set.of(400, 404, 405)),
          new Part("P\u00d6ST", Set.of(400, 405)),
          new Part("P(ST", Set.of(400, 405)),
          new Part("", BAD));

  private static final List<Part> TARGETS =
      List.of(
          new Part("http://here/v2/models/echo/infer", OK),
          new Part("/v2/models/echo/infer?x=%zz&&=", EITHER),
          new Part("/v2/models/echo/versions/2/infer", OK),
          new Part("/v2/models/%65cho/infer", OK),
          new Part("/v2/models/echo/versions/77/infer", NOT_FOUND),
          new Part("/v2/models/none/infer", NOT_FOUND),
          new Part("/v2/models/%zz/infer", NOT_FOUND),
          new Part("/v2/models/%c3%28/infer", NOT_FOUND),
          new Part("/v2/models/%00/infer", NOT_FOUND),
          new Part("/v2/models/\u00e9/infer", NOT_FOUND),
          new Part("/%2e%2e/%2e%2e/etc/passwd", NOT_FOUND),
          new Part("/a/../../v2/models", NOT_FOUND),
          new Part("//", NOT_FOUND),
          new Part("*", NOT_FOUND),
          new Part("v2", NOT_FOUND),
          new Part("/" + "x/".repeat(1500), NOT_FOUND),
          new Part("/" + "x".repeat(5000), Set.of(414)));

  private static final List<Part> VERSIONS =
      List.of(
          new Part("HTTP/1.0", OK),
          new Part("HTTP/1.2", OK),
          new Part("HTTP/9.9", UNKNOWN_VERSION),
          new Part("HTTP/1.1x", UNKNOWN_VERSION),
          new Part("HTTPS/1.1", UNKNOWN_VERSION),
          new Part("", UNKNOWN_VERSION));

  private static final String UPGRADE =
      "Host: here\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n";

  /** Replacements of the Host header. */
  private static final List<Part> HEADERS =
      List.of(
          new Part("", BAD),
          new Part("Host: here\r\nHost: there\r\n", BAD),
          new Part("Host:\r\n", EITHER),
          new Part("Host: a b:99999\r\n", EITHER),
          new Part("Host: [::1\r\n", EITHER),
          new Part("Host: here\r\nExpect: 100-continue\r\n", OK),
          new Part("Host: here\r\nExpect: tea\r\n", Set.of(417)),
          new Part("Host: here\r\nConnection: close\r\n", OK),
          new Part("Host: here\r\nConnection: x, , y\r\n", OK),
          new Part("Host: here\r\nAccept-Encoding: gzip;q=x, *;q=0\r\n", OK),
          new Part("Host: here\r\nAccept: nothing\r\nContent-Type: x\r\n", OK),
          new Part("Host: here\r\nContent-Type: application/grpc\r\n", Set.of(415)),
          new Part("Host: here\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n", EITHER),
          new Part("Host: here\r\n" + "Upgrade: h2c\r\n", EITHER),
          new Part("Host: here\r\nUpgrade: h2c\r\nConnection: upgrade\r\n", EITHER),
          new Part(UPGRADE + "HTTP2-Settings: \r\n", EITHER),
          new Part(UPGRADE + "HTTP2-Settings: %%\r\n", EITHER),
          new Part(UPGRADE + "HTTP2-Settings: AAMAAABkAAQAAP__\r\n", EITHER),
          new Part("Host: here\r\nX y: z\r\n", BAD),
          new Part("Host: here\r\nNothing\r\n", BAD),
          new Part("Host: here\r\n: x\r\n", BAD),
          new Part("Host: here\r\nX: a\r\n folded\r\n", EITHER),
          new Part("Host: here\r\nX: \u0000\u0001\r\n", EITHER),
          new Part("Host: here\r\nX: \u00e9\u00ff\r\n", EITHER),
          new Part("Host: here\r\nX: " + "x".repeat(20_000) + "\r\n", HEAD_TOO_LARGE),
          new Part("Host: here\r\n" + "X: y\r\n".repeat(5000), HEAD_TOO_LARGE));

  /** A header, with %d for the length, and the text around the body, with %x for the length. */
  private static final List<Framing> FRAMINGS =
      List.of(
          new Framing("Transfer-Encoding: chunked\r\n", "%x\r\n", "\r\n0\r\n\r\n", OK),
          new Framing("Transfer-Encoding: chunked\r\n", "%x;a=\"b\"\r\n", "\r\n0\r\n\r\n", OK),
          new Framing("Transfer-Encoding: chunked\r\n", "%x\r\n", "\r\n0\r\nX: y\r\n\r\n", OK),
          new Framing("Transfer-Encoding: chunked\r\n", "x%x\r\n", "\r\n0\r\n\r\n", BAD),
          new Framing("Transfer-Encoding: chunked\r\n", "-1\r\n", "\r\n0\r\n\r\n", BAD),
          new Framing("Transfer-Encoding: chunked\r\n", "1%016x\r\n", "\r\n0\r\n\r\n", EITHER),
          new Framing("Transfer-Encoding: chunked\r\n", "1\r\n{\r\n%x\r\n", "\r\n0\r\n\r\n", BAD),
          new Framing(
              "Content-Length: %d\r\nTransfer-Encoding: chunked\r\n",
              "%x\r\n", "\r\n0\r\n\r\n", EITHER),
          new Framing(
              "Transfer-Encoding: gzip, chunked\r\n",
              "%x\r\n",
              "\r\n0\r\n\r\n",
              Set.of(200, 400, 501)),
          new Framing("Transfer-Encoding: identity\r\n", "", "", Set.of(200, 400, 501)),
          new Framing(
              "Transfer-Encoding: x\r\nContent-Length: %d\r\n", "", "", Set.of(200, 400, 501)),
          new Framing("", "", "", BAD),
          new Framing("Content-Length: 1\r\n", "", "", BAD),
          new Framing("Content-Length: %d\r\n", " ", "", BAD),
          new Framing("Content-Length: %d\r\nContent-Length: %d\r\n", "", "", EITHER),
          new Framing("Content-Length: %d\r\nContent-Length: 1\r\n", "", "", BAD),
          new Framing("Content-Length: -1\r\n", "", "", BAD),
          new Framing("Content-Length: +5\r\n", "", "", BAD),
          new Framing("Content-Length: 0x5\r\n", "", "", BAD),
          new Framing("Content-Length: \r\n", "", "", BAD),
          new Framing("Content-Length: 1, 2\r\n", "", "", BAD),
          new Framing("Content-Length: 99999999\r\n", "", "", TOO_LARGE),
          new Framing("Content-Length: 99999999999999999999\r\n", "", "", Set.of(400, 413)));

  private static final Framing RIGHT_FRAMING = new Framing("Content-Length: %d\r\n", "", "", OK);

  private HostileHttp() {}

  /**
   * A request, and the allowed answers.
   *
   * @param sum the expected output if the status is 200; NaN if any is allowed
   */
  record Request(Buffer bytes, boolean isHead, Set<Integer> statuses, double sum) {}

  /** Returns the next request. */
  static Request next(RequestMutator mutator) {
    int wrong = mutator.below(8);
    HttpBody body = wrong < 3 ? HttpBody.next(mutator) : HttpBody.right(mutator.below(1000));
    Coded coded = wrong == 3 ? Coded.next(mutator, body) : new Coded("", body.bytes(), OK);
    Part method = part(wrong == 4, METHODS, mutator, "POST");
    Part target = part(wrong == 5, TARGETS, mutator, body.target());
    Part version = part(mutator.below(20) == 0, VERSIONS, mutator, "HTTP/1.1");
    boolean isOld = version.text.equals("HTTP/1.0");
    Part header = part(wrong == 6, HEADERS, mutator, "Host: here\r\n");
    Framing framing = wrong == 7 ? mutator.pick(FRAMINGS) : RIGHT_FRAMING;
    List<Set<Integer>> allowed =
        List.of(
            body.statuses(),
            coded.statuses,
            method.statuses,
            target.statuses,
            version.statuses,
            isOld && header.text.isEmpty() ? OK : header.statuses, // HTTP/1.0 needs no Host
            isOld ? framing.oldStatuses() : framing.statuses);
    Buffer bytes =
        Buffer.buffer(
                "%s %s %s\r\n%s%s%s"
                    .formatted(
                        method.text,
                        target.text,
                        version.text,
                        header.text,
                        body.header(),
                        coded.header),
                "ISO-8859-1")
            .appendBuffer(framing.around(coded.bytes));
    return new Request(bytes, method.text.equals("HEAD"), statuses(allowed), body.sum());
  }

  /** The server may report any of several wrong parts first, but 200 must be allowed by all. */
  private static Set<Integer> statuses(List<Set<Integer>> allowed) {
    Set<Integer> statuses = new HashSet<>();
    allowed.forEach(statuses::addAll);
    if (!allowed.stream().allMatch(each -> each.contains(200))) {
      statuses.remove(200);
    }
    return statuses;
  }

  private static Part part(boolean wrong, List<Part> parts, RequestMutator mutator, String right) {
    return wrong ? mutator.pick(parts) : new Part(right, OK);
  }

  private record Part(String text, Set<Integer> statuses) {}

  private record Framing(String header, String before, String after, Set<Integer> statuses) {

    /** In HTTP/1.0 the first of two lengths counts, since the connection ends after the answer. */
    Set<Integer> oldStatuses() {
      return header.startsWith("Content-Length: %d\r\nContent-Length") ? EITHER : statuses;
    }

    Buffer around(Buffer body) {
      int length = body.length();
      return Buffer.buffer(header.formatted(length, length))
          .appendString("\r\n")
          .appendString(before.formatted(length))
          .appendBuffer(body)
          .appendString(after);
    }
  }

  /** A body with a Content-Encoding header, which may not match it. */
  private record Coded(String header, Buffer bytes, Set<Integer> statuses) {
    private static final Buffer BOMB = gzip(new byte[4 * RequestMutator.MAX_MESSAGE_BYTES]);

    static Coded next(RequestMutator mutator, HttpBody body) {
      byte[] plain = body.bytes().getBytes();
      return switch (mutator.below(8)) {
        case 0 -> new Coded("gzip", gzip(plain), OK).named();
        case 1 -> new Coded("x-gzip", gzip(plain), OK).named();
        case 2 -> new Coded("deflate", deflate(plain), OK).named();
        case 3 ->
            new Coded("gzip", Buffer.buffer(mutator.damaged(gzip(plain).getBytes())), EITHER)
                .named();
        case 4 -> new Coded("gzip", BOMB, TOO_LARGE).named();
        case 5 -> new Coded("gzip", body.bytes(), BAD).named();
        case 6 -> new Coded("br", body.bytes(), Set.of(415)).named();
        default -> new Coded("gzip, gzip", gzip(gzip(plain).getBytes()), Set.of(415)).named();
      };
    }

    private Coded named() {
      return new Coded("Content-Encoding: " + header + "\r\n", bytes, statuses);
    }

    private static Buffer gzip(byte[] plain) {
      ByteArrayOutputStream coded = new ByteArrayOutputStream();
      try (OutputStream out = new GZIPOutputStream(coded)) {
        out.write(plain);
      } catch (IOException e) {
        throw new UncheckedIOException(e); // written to memory
      }
      return Buffer.buffer(coded.toByteArray());
    }

    private static Buffer deflate(byte[] plain) {
      ByteArrayOutputStream coded = new ByteArrayOutputStream();
      try (OutputStream out = new DeflaterOutputStream(coded)) {
        out.write(plain);
      } catch (IOException e) {
        throw new UncheckedIOException(e); // written to memory
      }
      return Buffer.buffer(coded.toByteArray());
    }
  }
}
