package io.millrace.learning.features;

import io.millrace.learning.state.State;
import java.util.Arrays;

/**
 * Numbers of which each goes its own way: filled in where missing, clipped, its logarithm taken,
 * scaled or put into a bucket, and where asked followed by whether it was missing.
 */
final class Numbers extends Transformation {
  private final NumberFeature feature;
  private final Layout layout;
  private final int fieldWidth;
  private final float[] boundaries;
  private final Scaler[] scalers;
  private final Moments[] means;

  Numbers(NumberFeature feature, Layout layout) {
    this.feature = feature;
    this.layout = layout;
    int fields = feature.fields().size();
    fieldWidth = feature.width() / fields;
    boundaries = new float[feature.buckets().size()];
    for (int i = 0; i < boundaries.length; i++) {
      boundaries[i] = feature.buckets().get(i).floatValue();
    }
    scalers = new Scaler[fields];
    Arrays.setAll(scalers, field -> Scaler.of(feature.scaling()));
    means = new Moments[feature.missing() == Missing.MEAN ? fields : 0];
    Arrays.setAll(means, field -> new Moments());
  }

  @Override
  void learn(float[] raw, int rows) {
    for (int field = 0; field < scalers.length; field++) {
      for (int row = 0; row < rows; row++) {
        float value = raw[layout.raw(row) + field];
        if (!Float.isNaN(value)) {
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
        float value = raw[layout.raw(row) + field];
        write(field, value, target, layout.at(row) + field * fieldWidth);
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

  private void learn(int field, float shaped) {
    scalers[field].learn(shaped);
    if (means.length > 0) {
      means[field].learn(shaped);
    }
  }

  private void write(int field, float value, float[] target, int at) {
    boolean missing = Float.isNaN(value);
    float shaped = missing ? filled(field) : shaped(value);
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

  private float filled(int field) {
    return means.length > 0 ? means[field].mean() : shaped((float) feature.constant());
  }

  private float shaped(float value) {
    double shaped = feature.clip().isPresent() ? feature.clip().get().nearest(value) : value;
    return (float) (feature.log1p() ? Math.signum(shaped) * Math.log1p(Math.abs(shaped)) : shaped);
  }

  /** Returns how many boundaries are at or below the value. */
  private int bucket(float value) {
    int bucket = 0;
    while (bucket < boundaries.length && value >= boundaries[bucket]) {
      bucket++;
    }
    return bucket;
  }
}
