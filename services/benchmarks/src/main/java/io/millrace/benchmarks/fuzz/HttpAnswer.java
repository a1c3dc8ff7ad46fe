package io.millrace.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 answer as received.
 *
 * @param head the status line and headers, in lower case
 */
record HttpAnswer(int status, String head, Buffer body) {
  private static final String END_OF_HEAD = "\r\n\r\n";

  /**
   * Returns the complete answers, without informational (1xx) ones.
   *
   * @param bodiless whether they have no bodies, like answers to HEAD
   */
  static List<HttpAnswer> all(Buffer heard, boolean bodiless) {
    List<HttpAnswer> answers = new ArrayList<>();
    String text = heard.toString(ISO_8859_1);
    int at = 0;
    for (int end = text.indexOf(END_OF_HEAD); end >= 0; end = text.indexOf(END_OF_HEAD, at)) {
      String head = text.substring(at, end).toLowerCase(Locale.ROOT);
      int start = end + END_OF_HEAD.length();
      int length = bodiless ? 0 : Integer.parseInt(header(head, "content-length", "0"));
      if (start + length > text.length()) {
        break;
      }
      int status = head.startsWith("http/1.") ? Integer.parseInt(head.substring(9, 12)) : 0;
      if (status >= 200 || status == 0) {
        answers.add(new HttpAnswer(status, head, heard.getBuffer(start, start + length)));
      }
      at = start + length;
    }
    return answers;
  }

  /** Returns whether the server announced that it will close the connection. */
  boolean isLast() {
    return header(head, "connection", "").equals("close");
  }

  /** Returns whether it contains an error message in the protocol's form. */
  boolean hasError() {
    JsonObject json = json();
    return json != null && json.getValue("error") instanceof String text && !text.isEmpty();
  }

  /** Returns the output {@code sum} of the first row, in either protocol; NaN if there is none. */
  double sum() {
    JsonObject json = json();
    if (json == null) {
      return Double.NaN;
    }
    try {
      JsonArray predictions = json.getJsonArray("predictions");
      return predictions == null
          ? json.getJsonArray("outputs").getJsonObject(0).getJsonArray("data").getDouble(0)
          : predictions.getJsonObject(0).getJsonArray("sum").getDouble(0);
    } catch (ClassCastException | NullPointerException | IndexOutOfBoundsException e) {
      return Double.NaN;
    }
  }

  private @Nullable JsonObject json() {
    try {
      boolean zipped = header(head, "content-encoding", "").equals("gzip");
      return new JsonObject(zipped ? unzipped(body) : body);
    } catch (DecodeException | IOException e) {
      return null;
    }
  }

  private static Buffer unzipped(Buffer body) throws IOException {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body.getBytes()))) {
      return Buffer.buffer(gzip.readAllBytes());
    }
  }

  private static String header(String head, String name, String otherwise) {
    for (String line : head.split("\r\n")) {
      if (line.startsWith(name + ":")) {
        return line.substring(name.length() + 1).trim();
      }
    }
    return otherwise;
  }
}
