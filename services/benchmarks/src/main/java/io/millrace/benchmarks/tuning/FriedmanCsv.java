package io.millrace.benchmarks.tuning;

import io.millrace.learning.generators.ExampleGenerator;
import io.millrace.learning.generators.Generators;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Friedman's function as lines of CSV, the label {@code y} last. */
final class FriedmanCsv {
  private FriedmanCsv() {}

  /** Returns the header and {@code records} lines, always the same. */
  static List<String> lines(int records) {
    ExampleGenerator generator =
        Generators.read(Section.root(Map.of("type", "friedman", "seed", 7)));
    float[] features = new float[generator.fields().size()];
    StringBuilder header = new StringBuilder();
    for (int i = 1; i <= features.length; i++) {
      header.append('x').append(i).append(',');
    }
    List<String> lines = new ArrayList<>(List.of(header.append('y').toString()));
    for (int i = 0; i < records; i++) {
      double label = generator.next(features);
      StringBuilder line = new StringBuilder();
      for (float feature : features) {
        line.append(feature).append(',');
      }
      lines.add(line.append(label).toString());
    }
    return lines;
  }
}
