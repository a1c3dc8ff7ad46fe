package io.millrace.trainer.intake;

import io.millrace.learning.Rows;
import io.millrace.trainer.intake.Rejected.Reason;
import org.jspecify.annotations.Nullable;

/** A field that holds a list of numbers. */
final class VectorColumn extends Column {
  private static final int OUTSIDE = -1;

  private final Place place;
  private int count = OUTSIDE;

  VectorColumn(String field, Place place) {
    super(field);
    this.place = place;
  }

  @Override
  void begin() {
    super.begin();
    count = OUTSIDE;
  }

  @Override
  @Nullable Rejected beginList() {
    count = 0;
    return null;
  }

  @Override
  @Nullable Rejected number(double value, Rows rows) {
    if (count == OUTSIDE) {
      return Rejected.featureCount(field(), 1, place.width());
    }
    int index = count++;
    return index >= place.width() || place.write(rows, index, value)
        ? null
        : rejected(Reason.NON_FINITE, "number");
  }

  @Override
  @Nullable Rejected endList() {
    int found = count;
    count = OUTSIDE;
    return found == place.width() ? filled() : Rejected.featureCount(field(), found, place.width());
  }
}
