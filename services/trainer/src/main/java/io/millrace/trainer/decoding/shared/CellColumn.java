package io.millrace.trainer.decoding.shared;

import io.millrace.learning.features.Misfit;
import io.millrace.learning.features.RawForm;
import io.millrace.learning.features.TimeForm;
import io.millrace.learning.features.UntypedNumbers;
import io.millrace.learning.model.ExampleBatch;
import org.jspecify.annotations.Nullable;

/** A field whose value is written to the cells of a row by the form of a feature or a label. */
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
  public boolean takesWritten() {
    return form.takesWritten();
  }

  @Override
  public @Nullable Rejected number(double value, ExampleBatch rows) {
    return taken(form.number(value, place.cells(rows), place.start(rows)));
  }

  @Override
  public @Nullable Rejected time(
      TimeKind kind, long seconds, int nanos, double number, ExampleBatch rows) {
    return form instanceof TimeForm times && kind.has(seconds)
        ? taken(times.time(seconds, nanos, place.cells(rows), place.start(rows)))
        : super.time(kind, seconds, nanos, number, rows);
  }

  @Override
  public @Nullable Rejected text(String value, ExampleBatch rows) {
    return taken(form.text(value, place.cells(rows), place.start(rows)));
  }

  @Override
  public @Nullable Rejected untyped(String value, ExampleBatch rows) {
    return form.list() == null && !UntypedNumbers.isOne(value)
        ? untypedList(value, rows)
        : taken(form.untyped(value, place.cells(rows), place.start(rows)));
  }

  @Override
  public @Nullable Rejected bytes(byte[] bytes, int from, int to, ExampleBatch rows) {
    return form.takesBytes()
        ? taken(form.bytes(bytes, from, to, place.cells(rows), place.start(rows)))
        : super.bytes(bytes, from, to, rows);
  }

  @Override
  public @Nullable Rejected octets(byte[] bytes, int from, int to, ExampleBatch rows) {
    return form.takesBytes() ? bytes(bytes, from, to, rows) : super.octets(bytes, from, to, rows);
  }

  @Override
  public boolean takesList() {
    return form.list() == null;
  }

  @Override
  public @Nullable Rejected beginList() {
    items = 0;
    Misfit misfit = form.list();
    return misfit == null ? null : Rejected.of(misfit, field());
  }

  @Override
  public @Nullable Rejected item(double value, ExampleBatch rows) {
    Misfit misfit = form.item(items++, value, place.cells(rows), place.start(rows));
    return misfit == null ? null : Rejected.of(misfit, field());
  }

  @Override
  public @Nullable Rejected endList(ExampleBatch rows) {
    return taken(form.items(items));
  }

  @Override
  public @Nullable Rejected missing(String found, ExampleBatch rows) {
    return taken(form.missing(found, place.cells(rows), place.start(rows)));
  }

  @Override
  public Rejected other(String found) {
    return Rejected.of(form.other(found), field());
  }

  private @Nullable Rejected untypedList(String value, ExampleBatch rows) {
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
