package io.millrace.learning.features;

import io.millrace.learning.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The features of one input, with what they have learned. Owned by one thread; {@link #apply}
 * allocates nothing.
 */
public final class Preparation {
  private final List<Transformation> transformations = new ArrayList<>();

  public Preparation(List<Feature> features) {
    int rawStride = features.stream().mapToInt(Feature::rawWidth).sum();
    int stride = features.stream().mapToInt(Feature::width).sum();
    int rawStart = 0;
    int start = 0;
    for (Feature feature : features) {
      transformations.add(feature.transformation(new Layout(rawStride, rawStart, stride, start)));
      rawStart += feature.rawWidth();
      start += feature.width();
    }
  }

  /** Learns from the first {@code rows} rows of {@code raw}: {@code [rows, rawWidth]}. */
  public void learn(float[] raw, int rows) {
    for (int i = 0; i < transformations.size(); i++) {
      transformations.get(i).learn(raw, rows);
    }
  }

  /** Writes the network's input for the first {@code rows} rows: {@code [rows, width]}. */
  public void apply(float[] raw, float[] target, int rows) {
    for (int i = 0; i < transformations.size(); i++) {
      transformations.get(i).apply(raw, target, rows);
    }
  }

  /** Takes over what another preparation of the same features has learned. */
  public void copyFrom(Preparation other) {
    for (int i = 0; i < transformations.size(); i++) {
      transformations.get(i).copyFrom(other.transformations.get(i));
    }
  }

  /** Returns what was learned if every number of the input is only shifted and scaled. */
  public Optional<LinearScaling> linear() {
    List<LinearScaling> parts =
        transformations.stream().map(Transformation::linear).flatMap(Optional::stream).toList();
    return parts.size() == transformations.size()
        ? parts.stream().reduce(LinearScaling::and)
        : Optional.empty();
  }

  /**
   * Returns the last step of a feature, in which its numbers are shifted and scaled, whatever comes
   * before; empty if there is none.
   */
  public Optional<LinearScaling> scaling(int feature) {
    return transformations.get(feature).scaling();
  }

  /**
   * Returns what takes the place of a feature's missing numbers before {@link #scaling}, by field;
   * empty if none may be missing.
   */
  public List<Double> replacements(int feature) {
    return transformations.get(feature).replacements();
  }

  public void save(State state) {
    for (int i = 0; i < transformations.size(); i++) {
      transformations.get(i).save(state.child("feature_" + i));
    }
  }

  public void restore(State state) {
    for (int i = 0; i < transformations.size(); i++) {
      transformations.get(i).restore(state.child("feature_" + i));
    }
  }
}
