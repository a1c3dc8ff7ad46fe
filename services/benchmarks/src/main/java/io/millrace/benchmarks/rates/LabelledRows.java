package io.millrace.benchmarks.rates;

import io.millrace.learning.generators.ExampleGenerator;
import io.millrace.learning.generators.Generators;
import io.millrace.quickstart.LetterRecognition;
import io.millrace.settings.Section;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * A data set: numbers, and a class or a number to predict.
 *
 * @param classes the names of the classes; empty for a number
 * @param rows the features as texts, the label last
 */
record LabelledRows(String name, List<String> classes, List<List<String>> rows) {

  /** Returns the bundled letters, in their order. */
  static LabelledRows letters() {
    List<List<String>> rows = new ArrayList<>();
    for (List<String> row : LetterRecognition.rows()) {
      List<String> last = new ArrayList<>(row.subList(1, row.size()));
      last.add(row.get(0));
      rows.add(last);
    }
    List<String> classes = IntStream.rangeClosed('A', 'Z').mapToObj(Character::toString).toList();
    return new LabelledRows("letters", classes, rows);
  }

  /** Returns the regression of Friedman that {@code millrace generate} makes. */
  static LabelledRows friedman(int count) {
    Section section = Section.root(Map.of("type", "friedman", "seed", 1));
    ExampleGenerator generator = Generators.read(section);
    float[] features = new float[generator.fields().size()];
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double label = generator.next(features);
      List<String> row = new ArrayList<>();
      for (float feature : features) {
        row.add(Float.toString(feature));
      }
      row.add(Float.toString((float) label));
      rows.add(row);
    }
    return new LabelledRows("friedman", List.of(), rows);
  }

  /** Reads a gzipped CSV file of numbers without a header, the digit last. */
  static LabelledRows digits(Path file) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      List<List<String>> rows =
          new ArrayList<>(lines.lines().map(line -> List.of(line.split(",", -1))).toList());
      Collections.shuffle(rows, new Random(1));
      return new LabelledRows("digits", tenDigits(), rows);
    }
  }

  /** Reads the first training images of Fashion-MNIST in the format IDX. */
  static LabelledRows fashion(Path folder, int count) throws IOException {
    try (DataInputStream images = idx(folder.resolve("train-images-idx3-ubyte.gz"), 16);
        DataInputStream labels = idx(folder.resolve("train-labels-idx1-ubyte.gz"), 8)) {
      List<List<String>> rows = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        List<String> row = new ArrayList<>();
        for (byte pixel : images.readNBytes(28 * 28)) {
          row.add(String.valueOf(pixel & 0xff));
        }
        row.add(String.valueOf(labels.readUnsignedByte()));
        rows.add(row);
      }
      return new LabelledRows("fashion-mnist", tenDigits(), rows);
    }
  }

  /** Returns how many features a row has. */
  int features() {
    return rows.get(0).size() - 1;
  }

  private static List<String> tenDigits() {
    return IntStream.range(0, 10).mapToObj(String::valueOf).toList();
  }

  private static DataInputStream idx(Path file, int head) throws IOException {
    DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file)));
    in.skipNBytes(head);
    return in;
  }
}
