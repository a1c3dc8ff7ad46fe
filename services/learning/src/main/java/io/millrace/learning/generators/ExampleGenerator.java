package io.millrace.learning.generators;

import java.util.List;

/** An endless stream of labelled examples, the same for the same seed. Not thread-safe. */
public interface ExampleGenerator {

  /** Returns the names of the features, in order. */
  List<String> fields();

  /** Returns the number of classes; 0 if the label is a number. */
  int classes();

  /**
   * Makes the next example.
   *
   * @param features receives the features; as long as {@link #fields}
   * @return the label: the index of a class, or a number
   */
  double next(float[] features);
}
