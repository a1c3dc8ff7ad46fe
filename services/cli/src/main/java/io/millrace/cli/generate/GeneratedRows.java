package io.millrace.cli.generate;

import io.millrace.learning.generators.ExampleGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The examples of a generator as rows of cells: the features, then the label. Confined to one
 * thread.
 */
public final class GeneratedRows {
  private final ExampleGenerator generator;
  private final List<String> header;
  private final List<String> classes;
  private final float[] features;
  private final String[] cells;

  /**
   * @param label the name of the label's column
   * @param classes the class names in order; if empty, classes are numbers from 0
   */
  public GeneratedRows(ExampleGenerator generator, String label, List<String> classes) {
    this.generator = generator;
    this.classes = List.copyOf(classes);
    List<String> names = new ArrayList<>(generator.fields());
    names.add(label);
    header = List.copyOf(names);
    features = new float[generator.fields().size()];
    cells = new String[header.size()];
  }

  /** Returns the names of the columns. */
  public List<String> header() {
    return header;
  }

  /** Returns the next row, a view that the following row overwrites. */
  public List<String> next() {
    double label = generator.next(features);
    for (int i = 0; i < features.length; i++) {
      cells[i] = number(features[i]);
    }
    cells[features.length] =
        generator.classes() > 0 && !classes.isEmpty()
            ? classes.get((int) label)
            : number((float) label);
    return Arrays.asList(cells);
  }

  /** Returns the shortest text that parses to the same number. */
  private static String number(float value) {
    return value == Math.rint(value) && Math.abs(value) < 1e7
        ? Integer.toString((int) value)
        : Float.toString(value);
  }
}
