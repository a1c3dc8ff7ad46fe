package io.millrace.trainer.intake;

import io.millrace.learning.Rows;
import io.millrace.trainer.intake.Rejected.Reason;
import org.jspecify.annotations.Nullable;

/** A field that holds one number. */
final class NumberColumn extends Column {
  private final Place place;

  NumberColumn(String field, Place place) {
    super(field);
    this.place = place;
  }

  @Override
  @Nullable Rejected number(double value, Rows rows) {
    return place.write(rows, 0, value) ? filled() : rejected(Reason.NON_FINITE, "number");
  }
}
