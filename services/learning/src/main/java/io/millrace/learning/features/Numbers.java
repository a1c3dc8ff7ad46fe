package io.millrace.learning.features;

import io.millrace.learning.state.State;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Numbers that are each transformed on their own: filled in if missing, clipped, put on a log
 * scale, then scaled or put into a bucket. If configured, an indicator of missing follows each.
 */
final class Numbers extends Transformation {
  private final NumberFeature feature;
  private final Layout layout;
  private final int fieldWidth;
  private final double[] boundaries;
  private final NumberCells cells;
  private final Scaler[] scalers;
  private final Moments[] means;

  Numbers(NumberFeature feature, Layout layout) {
    this.feature = feature;
    this.layout = layout;
    int fields = feature.fields().size();
    fieldWidth = feature.width() / fields;
    cells = feature.cells();
    boundaries = feature.buckets().stream().mapToDouble(Double::doubleValue).toArray();
    scalers = new Scaler[fields];
    Arrays.setAll(scalers, field -> Scaler.of(feature.scaling()));
    means = new Moments[feature.missing() == Missing.MEAN ? fields : 0];
    Arrays.setAll(means, field -> new Moments());
  }

  @Override
  void learn(float[] raw, int rows) {
    for (int field = 0; field < scalers.length; field++) {
      for (int row = 0; row < rows; row++) {
        double value = number(raw, row, field);
        if (!Double.isNaN(value)) {
          learn(field, shaped(value));
        }
      }
      scalers[field].refresh();
      if (means.length > 0) {
        means[field].refresh();
      }
    }
  }

  @Override
  void apply(float[] raw, float[] target, int rows) {
    for (int row = 0; row < rows; row++) {
      for (int field = 0; field < scalers.length; field++) {
        write(field, number(raw, row, field), target, layout.at(row) + field * fieldWidth);
      }
    }
  }

  @Override
  void copyFrom(Transformation source) {
    Numbers other = (Numbers) source;
    for (int i = 0; i < scalers.length; i++) {
      scalers[i].copyFrom(other.scalers[i]);
    }
    for (int i = 0; i < means.length; i++) {
      means[i].copyFrom(other.means[i]);
    }
  }

  @Override
  Optional<LinearScaling> linear() {
    return feature.isOnlyScaled() ? scaling() : Optional.empty();
  }

  @Override
  Optional<LinearScaling> scaling() {
    List<LinearScaling> fields =
        Arrays.stream(scalers).map(Scaler::linear).flatMap(Optional::stream).toList();
    return fields.size() == scalers.length
        ? fields.stream().reduce(LinearScaling::and)
        : Optional.empty();
  }

  @Override
  List<Double> replacements() {
    return feature.missing().isTaken()
        ? IntStream.range(0, scalers.length).mapToObj(this::filled).toList()
        : List.of();
  }

  @Override
  void save(State state) {
    for (int i = 0; i < scalers.length; i++) {
      scalers[i].save(state.child("field_" + i));
    }
    for (int i = 0; i < means.length; i++) {
      means[i].save(state.child("mean_" + i));
    }
  }

  @Override
  void restore(State state) {
    for (int i = 0; i < scalers.length; i++) {
      scalers[i].restore(state.child("field_" + i));
    }
    for (int i = 0; i < means.length; i++) {
      means[i].restore(state.child("mean_" + i));
    }
  }

  private double number(float[] raw, int row, int field) {
    return cells.number(raw, layout.raw(row) + field * cells.step());
  }

  private void learn(int field, double shaped) {
    scalers[field].learn(shaped);
    if (means.length > 0) {
      means[field].learn(shaped);
    }
  }

  private void write(int field, double value, float[] target, int at) {
    boolean missing = Double.isNaN(value);
    double shaped = missing ? filled(field) : shaped(value);
    if (boundaries.length == 0) {
      target[at] = scalers[field].apply(shaped);
    } else {
      int bucket = bucket(shaped);
      for (int i = 0; i <= boundaries.length; i++) {
        target[at + i] = i == bucket ? 1 : 0;
      }
    }
    if (feature.indicator()) {
      target[at + fieldWidth - 1] = missing ? 1 : 0;
    }
  }

  private double filled(int field) {
    return means.length > 0 ? means[field].mean() : shaped(feature.constant());
  }

  private double shaped(double value) {
    double shaped = feature.clip().isPresent() ? feature.clip().get().nearest(value) : value;
    return feature.log1p() ? Math.signum(shaped) * Math.log1p(Math.abs(shaped)) : shaped;
  }

  /** Returns how many boundaries are at or below the value. */
  private int bucket(double value) {
    int bucket = 0;
    while (bucket < boundaries.length && value >= boundaries[bucket]) {
      bucket++;
    }
    return bucket;
  }
}
