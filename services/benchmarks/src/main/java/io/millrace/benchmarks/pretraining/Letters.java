package io.millrace.benchmarks.pretraining;

import io.millrace.learning.Learner;
import io.millrace.learning.model.Inference;
import io.millrace.quickstart.LetterRecognition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The bundled letters as numbers.
 *
 * @param features of each letter, {@value #FEATURES} numbers
 * @param labels the index of each letter, from 0 for A
 */
record Letters(float[][] features, int[] labels) {
  static final int FEATURES = 16;
  static final int CLASSES = 26;

  /** Returns all letters, in an order that follows from the seed. */
  static Letters shuffled(long seed) {
    List<List<String>> rows = new ArrayList<>(LetterRecognition.rows());
    Collections.shuffle(rows, new Random(seed));
    float[][] features = new float[rows.size()][FEATURES];
    int[] labels = new int[rows.size()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = rows.get(row).get(0).charAt(0) - 'A';
      for (int i = 0; i < FEATURES; i++) {
        features[row][i] = Float.parseFloat(rows.get(row).get(i + 1));
      }
    }
    return new Letters(features, labels);
  }

  int size() {
    return labels.length;
  }

  /** Lets a learner learn the first letters once, in an order that follows from the seed. */
  void learn(Learner learner, int count, long seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    for (int letter : order) {
      int row = learner.batch().size();
      copy(letter, learner.batch().input(0), row);
      if (learner.batch().targetWidth(0) == 1) { // else it reconstructs
        learner.batch().target(0)[row] = labels[letter];
      }
      learner.train();
    }
    learner.flush();
  }

  /** Returns the share of the last letters that a classifier names. */
  double accuracy(Inference classifier, int count) {
    for (int row = 0; row < count; row++) {
      copy(size() - count + row, classifier.rows().input(0), row);
    }
    classifier.rows().resize(count);
    classifier.run();
    float[] probabilities = classifier.output(0);
    int right = 0;
    for (int row = 0; row < count; row++) {
      right += likeliest(probabilities, row) == labels[size() - count + row] ? 1 : 0;
    }
    return right / (double) count;
  }

  private void copy(int letter, float[] rows, int row) {
    System.arraycopy(features[letter], 0, rows, row * FEATURES, FEATURES);
  }

  private static int likeliest(float[] probabilities, int row) {
    int best = 0;
    for (int i = 1; i < CLASSES; i++) {
      best = probabilities[row * CLASSES + i] > probabilities[row * CLASSES + best] ? i : best;
    }
    return best;
  }
}
