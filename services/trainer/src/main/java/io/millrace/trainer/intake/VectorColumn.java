package io.millrace.trainer.intake;

import io.millrace.learning.Rows;
import io.millrace.trainer.intake.Rejected.Reason;
import org.jspecify.annotations.Nullable;

/** A field that holds a list of numbers. */
final class VectorColumn extends Column {
  private final Place place;
  private int count;

  VectorColumn(String field, Place place) {
    super(field);
    this.place = place;
  }

  @Override
  @Nullable Rejected beginList() {
    count = 0;
    return null;
  }

  @Override
  @Nullable Rejected number(double value, Rows rows) {
    int index = count++;
    return index >= place.width() || place.write(rows, index, value)
        ? null
        : rejected(Reason.NON_FINITE, "number");
  }

  @Override
  @Nullable Rejected endList() {
    return count == place.width()
        ? filled()
        : Rejected.featureCount(field(), count, place.width());
  }
}
