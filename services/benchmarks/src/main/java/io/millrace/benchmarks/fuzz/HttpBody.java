package io.millrace.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A REST body, valid or wrong in one way, and the allowed answers.
 *
 * @param target the request target it is meant for
 * @param header the header that belongs to it, with its line end; may be empty
 * @param sum the expected output if the status is 200; NaN if any is allowed
 */
record HttpBody(String target, String header, Buffer bytes, Set<Integer> statuses, double sum) {
  static final String INFER = "/v2/models/echo/infer";
  static final Set<Integer> OK = Set.of(200);
  static final Set<Integer> BAD = Set.of(400);
  static final Set<Integer> EITHER = Set.of(200, 400);

  private static final String PREDICT = "/v1/models/echo:predict";
  private static final String ROW = "{\"a\":%d,\"b\":2,\"c\":3}";
  private static final String NO_MODEL = "/v1/models/none:predict";

  /** {@code %d} is a number. The sum is that number plus 7, which includes the version, 2. */
  static final String RIGHT =
      "{\"id\":\"%d\",\"inputs\":[{\"name\":\"pair\",\"datatype\":\"FP32\",\"shape\":[1,2],"
          + "\"data\":[[%d,2]]},{\"name\":\"c\",\"datatype\":\"INT64\",\"shape\":[1],\"data\":[3]}],"
          + "\"outputs\":[{\"name\":\"sum\"}]}";

  private static final List<Change> CHANGES = changes();

  /** Returns a body chosen by the mutator. */
  static HttpBody next(RequestMutator mutator) {
    int number = mutator.below(1000);
    return switch (mutator.below(8)) {
      case 0 -> binary(mutator, number);
      case 1 -> rows(mutator, number);
      case 2 -> right(number);
      default -> CHANGES.get(mutator.below(CHANGES.size())).applied(number);
    };
  }

  static HttpBody right(int number) {
    return v2(RIGHT.formatted(number, number), UTF_8, OK, number + 7.0);
  }

  private static HttpBody v2(String text, Charset charset, Set<Integer> statuses, double sum) {
    return new HttpBody(INFER, "", Buffer.buffer(text.getBytes(charset)), statuses, sum);
  }

  /** Returns a body with the binary extension, whose sizes may contradict each other. */
  private static HttpBody binary(RequestMutator mutator, int number) {
    boolean isRight = mutator.below(3) == 0;
    long first = isRight ? 8 : mutator.pick(List.of(8L, 7L, 0L, -1L, 16L, 1L << 31, 1L << 62));
    long second = isRight ? 8 : mutator.pick(List.of(8L, 9L, 0L, -8L, Long.MAX_VALUE));
    String text =
        """
        {"inputs":[{"name":"pair","datatype":"FP32","shape":[1,2],"parameters":
        {"binary_data_size":%d}},{"name":"c","datatype":"INT64","shape":[1],"parameters":
        {"binary_data_size":%d}}],"outputs":[{"name":"sum"}]}"""
            .formatted(first, second);
    int length = text.length();
    String said =
        isRight
            ? Integer.toString(length)
            : mutator.pick(
                List.of("" + length, "" + length, "0", "-1", "", "x", "" + (length + 17), "9e9"));
    boolean same = first == 8 && second == 8 && said.equals("" + length);
    return new HttpBody(
        INFER,
        "Inference-Header-Content-Length: " + said + "\r\n",
        Buffer.buffer(text).appendFloatLE(number).appendFloatLE(2).appendLongLE(3),
        same ? OK : BAD,
        number + 7.0);
  }

  /** Returns a body of KServe's v1 protocol. */
  private static HttpBody rows(RequestMutator mutator, int number) {
    String row = ROW.formatted(number);
    boolean isRight = mutator.below(3) == 0;
    String rows =
        isRight
            ? row
            : mutator.pick(
                List.of(
                    "",
                    "1",
                    "[1,2]",
                    "{}",
                    "{\"a\":1}",
                    row + ",[1]",
                    row + ",{\"a\":1}",
                    "[".repeat(1500),
                    row.replace("3}", "\"x\"}"),
                    row.replace("3}", "[3,4]}"),
                    row.replace("3}", "3".repeat(1500) + "}"),
                    row.replace("c", "x"),
                    row.replace("3}", "3,\"c\":3}"),
                    row.replace("c", "c\\ud800"),
                    "[[1,2],3,4]",
                    row + ("," + row).repeat(4),
                    "null"));
    String target = mutator.below(8) == 0 ? NO_MODEL : PREDICT;
    Set<Integer> statuses = target.equals(NO_MODEL) ? Set.of(404) : isRight ? OK : BAD;
    Buffer bytes = Buffer.buffer("{\"instances\":[" + rows + "]}");
    return new HttpBody(target, "", bytes, statuses, number + 7.0);
  }

  private static List<Change> changes() {
    List<Change> all = new ArrayList<>();
    encodings(all);
    contents(all);
    outputs(all);
    add(all, BAD, text -> "", text -> "null", text -> "[]", text -> "{}", text -> text + "{}");
    add(all, BAD, text -> text + ",", text -> "/**/" + text, text -> text.replace('"', '\''));
    add(all, BAD, text -> text.substring(1), text -> text.substring(0, text.length() / 2));
    add(all, BAD, text -> text.replace("{\"id", "{\"id\":\"x\",\"id"));
    add(all, BAD, text -> text.replace("{\"id", "{\"" + "k".repeat(50_001) + "\":1,\"id"));
    add(all, BAD, text -> text.replace("\"c\"", "\"" + "n".repeat(60_000) + "\""));
    add(all, BAD, text -> "[".repeat(60_000), text -> "{\"parameters\":".repeat(2000));
    for (String value : List.of("null", "1", "\"x\"", "[[1]]", "[1.5]", "[-1]", "[0]", "[2]")) {
      add(all, BAD, text -> text.replace("\"shape\":[1]", "\"shape\":" + value));
    }
    for (String value : List.of("[9223372036854775808]", "[" + "1,".repeat(9999) + "1]", "[]")) {
      add(all, EITHER, text -> text.replace("\"shape\":[1]", "\"shape\":" + value));
    }
    for (String value : List.of("BYTES", "FP99", "", "BOOL", "int64")) {
      add(all, BAD, text -> text.replace("INT64", value));
    }
    return List.copyOf(all);
  }

  private static void encodings(List<Change> all) {
    all.add(new Change(EITHER, text -> text, UTF_16LE));
    all.add(new Change(EITHER, text -> text, UTF_16BE));
    all.add(new Change(BAD, text -> "\ufeff" + text, UTF_16LE));
    all.add(new Change(EITHER, text -> text, Charset.forName("UTF-32")));
    all.add(new Change(EITHER, text -> "\ufeff" + text, UTF_8));
    for (String bytes :
        List.of("\u00e9", "\u00c0\u0080", "\u00e0\u0080\u00a1", "\u00ed\u00a0\u0080")) {
      all.add(new Change(BAD, text -> text.replace("id\":\"", "id\":\"" + bytes), ISO_8859_1));
    }
    add(all, OK, text -> text.replace("id\":\"", "id\":\"\ud83d\ude00\\u0000\\ud83d\\ude00"));
    add(all, BAD, text -> text.replace("id\":\"", "id\":\"\\ud83d"), text -> text + "\u0000");
    add(all, BAD, text -> text.replace("\"c\"", "\"c\u0000\""), text -> "\u0000" + text);
    add(all, BAD, text -> text.replace("\"c\"", "\"\\udc00\""));
  }

  /** Replaces the number 3, of type INT64, and the output. */
  private static void contents(List<Change> all) {
    for (String value :
        List.of(
            "3".repeat(1500),
            "0." + "1".repeat(1500),
            "1e999",
            "1e" + "9".repeat(50),
            "NaN",
            "Infinity",
            "01",
            "+1",
            "0x3",
            ".5",
            "1.",
            "1e",
            "--1",
            "3,3",
            "[3",
            "\"3\"",
            "{}",
            "[".repeat(1500) + "3" + "]".repeat(1500),
            "null",
            "9223372036854775808",
            "3.5")) {
      add(all, BAD, text -> text.replace("[3]", "[" + value + "]"));
    }
    add(all, OK, text -> text.replace("[3]", "[3.0]"));
  }

  /** What stands in the place of the output, and parameters of the request. */
  private static void outputs(List<Change> all) {
    for (String parameters : List.of("-1", "0", "\"x\"", "1.5", "null", "1e10", "[1]")) {
      output(all, BAD, "choice\",\"parameters\":{\"classification\":" + parameters + "}");
    }
    output(all, OK, "sum\",\"parameters\":{\"binary_data\":false}");
    output(all, BAD, "sum\",\"parameters\":{\"classification\":1}");
    output(all, BAD, "sum\",\"parameters\":{\"shared_memory_region\":\"x\"}");
    output(all, BAD, "sum\",\"parameters\":{\"x\":1}");
    output(all, BAD, "none\"");
    add(all, BAD, text -> text.replace("{\"id", "{\"parameters\":{\"sequence_id\":1},\"id"));
    add(all, BAD, text -> text.replace("{\"id", "{\"parameters\":{\"priority\":-1},\"id"));
    add(
        all,
        Set.of(200, 504),
        text -> text.replace("{\"id", "{\"parameters\":{\"timeout\":1},\"id"));
  }

  private static void output(List<Change> all, Set<Integer> statuses, String output) {
    add(all, statuses, text -> text.replace("{\"name\":\"sum\"}", "{\"name\":\"" + output + "}"));
  }

  @SafeVarargs
  private static void add(
      List<Change> all, Set<Integer> statuses, UnaryOperator<String>... changes) {
    for (UnaryOperator<String> change : changes) {
      all.add(new Change(statuses, change, UTF_8));
    }
  }

  /** A change that makes a valid body wrong, or writes it in another form. */
  private record Change(Set<Integer> statuses, UnaryOperator<String> change, Charset charset) {
    HttpBody applied(int number) {
      return v2(change.apply(RIGHT.formatted(number, number)), charset, statuses, number + 7.0);
    }
  }
}
