package io.millrace.quickstart;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * The bundled data: 20,000 records of distorted capital letters, each a letter and 16 integers from
 * 0 to 15, in their original order.
 *
 * <p>UCI Letter Recognition, David J. Slate, 1991, CC BY 4.0; the attribution lies beside the data.
 */
public final class LetterRecognition {
  private static final String RESOURCE = "letter-recognition.csv.gz";

  private LetterRecognition() {}

  /** Opens the data as CSV text, the header first; no field is quoted. The caller closes it. */
  public static BufferedReader open() {
    InputStream resource =
        Objects.requireNonNull(LetterRecognition.class.getResourceAsStream(RESOURCE), RESOURCE);
    try {
      return new BufferedReader(
          new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the names of the columns: {@code letter}, then the 16 features. */
  public static List<String> header() {
    try (BufferedReader reader = open()) {
      return fields(Objects.requireNonNull(reader.readLine()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the records, each with its fields in the order of the {@linkplain #header header}. */
  public static List<List<String>> rows() {
    try (BufferedReader reader = open()) {
      return reader.lines().skip(1).map(LetterRecognition::fields).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> fields(String line) {
    return List.of(line.split(",", -1));
  }
}
