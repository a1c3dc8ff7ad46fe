package io.millrace.benchmarks.drift;

import io.millrace.learning.Learner;
import io.millrace.learning.Rows;
import io.millrace.learning.generators.ExampleGenerator;
import io.millrace.learning.generators.Generators;
import io.millrace.learning.random.RandomStream;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The first examples of a generator, made beforehand, so that making them is not measured.
 *
 * @param fields the names of the features
 * @param classes the number of classes
 * @param features {@code [examples, fields]}
 * @param labels the class of each example
 */
record RecordedStream(List<String> fields, int classes, float[] features, float[] labels) {
  private static final RandomStream HOLDOUT = RandomStream.of(1, 0);

  /** Makes the first {@code count} examples that a generator of these settings gives. */
  static RecordedStream of(Map<String, ?> settings, long seed, int count) {
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

  int size() {
    return labels.length;
  }

  /**
   * Gives an example to the learner, as the trainer would.
   *
   * @return whether it went to the mini-batch, not to the validation window
   */
  boolean feed(Learner learner, int example) {
    Rows batch = learner.batch();
    int width = fields.size();
    batch.target(0)[batch.size()] = labels[example];
    System.arraycopy(features, example * width, batch.input(0), batch.size() * width, width);
    batch.weights()[batch.size()] = 1;
    if (learner.holdsOut(HOLDOUT.bits(example))) {
      learner.validate();
      return false;
    }
    learner.train();
    return true;
  }
}
