package io.millrace.trainer.intake;

import io.millrace.learning.Rows;
import io.millrace.trainer.intake.Rejected.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A field that holds the name of a class; the target is the class. */
final class ClassColumn extends Column {
  private final Map<String, Integer> indexes = new HashMap<>();
  private final Place place;

  ClassColumn(String field, List<String> classes, Place place) {
    super(field);
    this.place = place;
    for (String name : classes) {
      indexes.put(name, indexes.size());
    }
  }

  @Override
  boolean takesWritten() {
    return true;
  }

  @Override
  @Nullable Rejected text(String value, Rows rows) {
    Integer index = indexes.get(value);
    if (index == null) {
      return rejected(Reason.LABEL_RANGE, "a name that is none of " + indexes.size());
    }
    place.writeClass(rows, index);
    return filled();
  }
}
