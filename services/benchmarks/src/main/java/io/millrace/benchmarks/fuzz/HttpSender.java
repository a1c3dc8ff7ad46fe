package io.millrace.benchmarks.fuzz;

import io.millrace.benchmarks.fuzz.HostileHttp.Request;
import io.millrace.benchmarks.fuzz.Wire.Heard;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sends HTTP/1.1 requests, each on its own connection: at once, in pieces, byte by byte, or several
 * pipelined. Some clients leave before they receive an answer.
 */
final class HttpSender implements FuzzRun.Sender {
  private final Wire wire;
  private final Findings findings;

  HttpSender(Wire wire, Findings findings) {
    this.wire = wire;
    this.findings = findings;
  }

  @Override
  public Future<@Nullable String> send(RequestMutator mutator) {
    int way = mutator.below(30);
    if (way == 0) {
      return pipelined(mutator.below(1000), 2 + mutator.below(4));
    }
    Request request = HostileHttp.next(mutator);
    if (way == 1) {
      Buffer part = request.bytes().getBuffer(0, mutator.below(request.bytes().length()));
      return wire.talk(List.of(part), 0, heard -> true).map(heard -> look("left", null));
    }
    return wire.talk(pieces(request.bytes(), way, mutator), 0, heard -> isEnough(request, heard))
        .map(heard -> look(request, heard));
  }

  private Future<@Nullable String> pipelined(int number, int count) {
    Buffer all = Buffer.buffer();
    for (int i = 0; i < count; i++) {
      Buffer body = HttpBody.right(number + i).bytes();
      all.appendString("POST " + HttpBody.INFER + " HTTP/1.1\r\nHost: here\r\nContent-Length: ")
          .appendString(body.length() + "\r\n\r\n")
          .appendBuffer(body);
    }
    return wire.talk(List.of(all), 0, heard -> HttpAnswer.all(heard, false).size() == count)
        .map(heard -> look("pipelined", pipeliningProblem(heard, number, count)));
  }

  private static @Nullable String pipeliningProblem(Heard heard, int number, int count) {
    List<Double> sums = HttpAnswer.all(heard.bytes(), false).stream().map(HttpAnswer::sum).toList();
    List<Double> wanted = IntStream.range(number, number + count).mapToObj(i -> i + 7.0).toList();
    return sums.equals(wanted) ? null : "answers are %s, not %s".formatted(sums, wanted);
  }

  private static List<Buffer> pieces(Buffer bytes, int way, RequestMutator mutator) {
    List<Buffer> pieces = new ArrayList<>();
    int longest =
        way == 2 && bytes.length() < 600 ? 1 : way < 10 ? 1 + bytes.length() / 2 : 1 << 20;
    for (int at = 0; at < bytes.length(); ) {
      int length = Math.min(bytes.length() - at, 1 + mutator.below(longest));
      length = longest == 1 << 20 ? bytes.length() : length;
      pieces.add(bytes.getBuffer(at, at + length));
      at += length;
    }
    return pieces;
  }

  /**
   * If the server announces that an answer is the last, the client waits for the connection to end.
   */
  private static boolean isEnough(Request request, Buffer heard) {
    List<HttpAnswer> answers = HttpAnswer.all(heard, request.isHead());
    return !answers.isEmpty() && answers.stream().noneMatch(HttpAnswer::isLast);
  }

  private @Nullable String look(Request request, Heard heard) {
    List<HttpAnswer> answers = HttpAnswer.all(heard.bytes(), request.isHead());
    if (answers.isEmpty() && heard.wholeNanos() > SlowSender.HEAD.toNanos()) {
      return look("too late", null); // this process was too busy to send in time
    }
    String problem = problem(request, answers);
    return look(
        answers.isEmpty() ? "nothing" : "" + answers.get(0).status(),
        problem == null
            ? null
            : "%s; sent %s, %s".formatted(problem, Wire.shown(request.bytes()), heard));
  }

  private static @Nullable String problem(Request request, List<HttpAnswer> answers) {
    if (answers.isEmpty()) {
      return "the connection ended without an answer";
    }
    HttpAnswer first = answers.get(0);
    if (!request.statuses().contains(first.status())) {
      return "%d instead of %s".formatted(first.status(), request.statuses());
    } else if (first.status() != 200) {
      return request.isHead() || first.hasError() ? null : "no error is said: " + first;
    }
    return first.sum() == request.sum() || Double.isNaN(request.sum()) ? null : "wrong: " + first;
  }

  private @Nullable String look(String how, @Nullable String problem) {
    findings.answered("http " + how);
    return problem;
  }
}
