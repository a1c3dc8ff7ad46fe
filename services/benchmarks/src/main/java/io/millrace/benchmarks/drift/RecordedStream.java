package io.millrace.benchmarks.drift;

import io.millrace.learning.Learner;
import io.millrace.learning.generators.ExampleGenerator;
import io.millrace.learning.generators.Generators;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.random.RandomStream;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The first examples of a generator, created in advance so that this is not measured.
 *
 * @param fields the names of the features
 * @param classes the number of classes
 * @param features {@code [examples, fields]}
 * @param labels the class of each example
 */
public record RecordedStream(List<String> fields, int classes, float[] features, float[] labels) {
  private static final RandomStream HOLDOUT = RandomStream.of(1, 0);

  /** Creates the first {@code count} examples of the generator with these settings. */
  public static RecordedStream of(Map<String, ?> settings, long seed, int count) {
    Map<String, Object> seeded = new TreeMap<>(settings);
    seeded.put("seed", seed);
    Section section = Section.root(seeded);
    ExampleGenerator generator = Generators.read(section);
    section.finish();
    int width = generator.fields().size();
    float[] features = new float[count * width];
    float[] labels = new float[count];
    float[] example = new float[width];
    for (int i = 0; i < count; i++) {
      labels[i] = (float) generator.next(example);
      System.arraycopy(example, 0, features, i * width, width);
    }
    return new RecordedStream(generator.fields(), generator.classes(), features, labels);
  }

  public int size() {
    return labels.length;
  }

  /**
   * Feeds an example to the learner, as the trainer would.
   *
   * @return whether it went to the mini-batch instead of the validation window
   */
  boolean feed(Learner learner, int example) {
    write(example, learner.batch());
    if (learner.holdsOut(HOLDOUT.bits(example))) {
      learner.validate();
      return false;
    }
    learner.train();
    return true;
  }

  /**
   * Writes an example into the next row. The caller then adds the row to the batch or ignores it.
   */
  public void write(int example, ExampleBatch rows) {
    int width = fields.size();
    rows.target(0)[rows.size()] = labels[example];
    System.arraycopy(features, example * width, rows.input(0), rows.size() * width, width);
    rows.weights()[rows.size()] = 1;
  }

  /** Returns the class of an example. */
  public int label(int example) {
    return (int) labels[example];
  }
}
