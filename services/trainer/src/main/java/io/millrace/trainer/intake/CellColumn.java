package io.millrace.trainer.intake;

import io.millrace.learning.Rows;
import io.millrace.learning.features.Misfit;
import io.millrace.learning.features.RawForm;
import io.millrace.learning.features.TimeForm;
import io.millrace.learning.features.UntypedNumbers;
import org.jspecify.annotations.Nullable;

/** A field whose value goes into cells of a row as it is, by the form of a feature or a label. */
final class CellColumn extends Column {
  private final RawForm form;
  private final Place place;
  private int items;

  CellColumn(String field, RawForm form, Place place) {
    super(field);
    this.form = form;
    this.place = place;
  }

  @Override
  boolean takesWritten() {
    return form.takesWritten();
  }

  @Override
  @Nullable Rejected number(double value, Rows rows) {
    return taken(form.number(value, place.cells(rows), place.start(rows)));
  }

  @Override
  @Nullable Rejected time(TimeKind kind, long seconds, int nanos, double number, Rows rows) {
    return form instanceof TimeForm times && kind.has(seconds)
        ? taken(times.time(seconds, nanos, place.cells(rows), place.start(rows)))
        : super.time(kind, seconds, nanos, number, rows);
  }

  @Override
  @Nullable Rejected text(String value, Rows rows) {
    return taken(form.text(value, place.cells(rows), place.start(rows)));
  }

  @Override
  @Nullable Rejected untyped(String value, Rows rows) {
    return form.list() == null && !UntypedNumbers.isOne(value)
        ? untypedList(value, rows)
        : taken(form.untyped(value, place.cells(rows), place.start(rows)));
  }

  @Override
  @Nullable Rejected bytes(byte[] bytes, int from, int to, Rows rows) {
    return form.takesBytes()
        ? taken(form.bytes(bytes, from, to, place.cells(rows), place.start(rows)))
        : super.bytes(bytes, from, to, rows);
  }

  @Override
  @Nullable Rejected octets(byte[] bytes, int from, int to, Rows rows) {
    return form.takesBytes() ? bytes(bytes, from, to, rows) : super.octets(bytes, from, to, rows);
  }

  @Override
  boolean takesList() {
    return form.list() == null;
  }

  @Override
  @Nullable Rejected beginList() {
    items = 0;
    Misfit misfit = form.list();
    return misfit == null ? null : Rejected.of(misfit, field());
  }

  @Override
  @Nullable Rejected item(double value, Rows rows) {
    Misfit misfit = form.item(items++, value, place.cells(rows), place.start(rows));
    return misfit == null ? null : Rejected.of(misfit, field());
  }

  @Override
  @Nullable Rejected endList(Rows rows) {
    return taken(form.items(items));
  }

  @Override
  @Nullable Rejected missing(String found, Rows rows) {
    return taken(form.missing(found, place.cells(rows), place.start(rows)));
  }

  @Override
  Rejected other(String found) {
    return Rejected.of(form.other(found), field());
  }

  private @Nullable Rejected untypedList(String value, Rows rows) {
    String[] parts = UntypedNumbers.parts(value);
    if (parts.length == 0) {
      return text(value, rows);
    }
    Rejected rejected = beginList();
    for (int i = 0; i < parts.length && rejected == null; i++) {
      rejected = item(Double.parseDouble(parts[i]), rows);
    }
    return rejected == null ? endList(rows) : rejected;
  }

  private @Nullable Rejected taken(@Nullable Misfit misfit) {
    return misfit == null ? filled() : Rejected.of(misfit, field());
  }
}
