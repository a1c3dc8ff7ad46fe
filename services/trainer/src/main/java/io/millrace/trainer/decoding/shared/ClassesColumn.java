package io.millrace.trainer.decoding.shared;

import io.millrace.learning.features.TermName;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.trainer.decoding.shared.Rejected.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A field that holds a list of class names. The target has a one for each of them. */
final class ClassesColumn extends Column {
  private final Map<String, Integer> indexes = new HashMap<>();
  private final Place place;
  private boolean inList;

  ClassesColumn(String field, List<String> classes, Place place) {
    super(field);
    this.place = place;
    for (String name : classes) {
      indexes.put(TermName.of(name), indexes.size());
    }
  }

  @Override
  void begin() {
    super.begin();
    inList = false;
  }

  @Override
  public boolean takesWritten() {
    return true;
  }

  @Override
  public @Nullable Rejected text(String value, ExampleBatch rows) {
    Rejected rejected = beginList();
    rejected = rejected == null ? item(value, rows) : rejected;
    return rejected == null ? endList(rows) : rejected;
  }

  /** Names are separated by semicolons or bars. An empty text has no classes. */
  @Override
  public @Nullable Rejected untyped(String value, ExampleBatch rows) {
    Rejected rejected = beginList();
    for (String name : value.split("[;|]")) {
      String stripped = name.strip();
      if (rejected == null && !stripped.isEmpty()) {
        rejected = item(stripped, rows);
      }
    }
    return rejected == null ? endList(rows) : rejected;
  }

  @Override
  public boolean takesList() {
    return true;
  }

  @Override
  public @Nullable Rejected beginList() {
    inList = false;
    return null;
  }

  @Override
  public @Nullable Rejected item(String value, ExampleBatch rows) {
    Integer index = indexes.get(TermName.of(value));
    if (index == null) {
      return rejected(Reason.LABEL_RANGE, "a name that is none of " + indexes.size());
    }
    clearOnce(rows);
    place.write(rows, index, 1);
    return null;
  }

  @Override
  public @Nullable Rejected endList(ExampleBatch rows) {
    clearOnce(rows);
    inList = false;
    return filled();
  }

  @Override
  public Rejected other(String found) {
    return rejected(Reason.NOT_A_TEXT, found);
  }

  private void clearOnce(ExampleBatch rows) {
    if (!inList) {
      for (int i = 0; i < place.width(); i++) {
        place.write(rows, i, 0);
      }
      inList = true;
    }
  }
}
