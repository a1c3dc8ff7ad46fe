package io.millrace.trainer.decoding.shared;

import io.millrace.learning.features.TermName;
import io.millrace.learning.features.UntypedNumbers;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.trainer.decoding.shared.Rejected.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A field that holds one class, by name or by index. The target is the class. */
final class ClassColumn extends Column {
  private final Map<String, Integer> indexes = new HashMap<>();
  private final boolean byIndex;
  private final Place place;

  /**
   * @param byIndex whether the field holds the zero-based index of the class in {@code classes}
   */
  ClassColumn(String field, List<String> classes, boolean byIndex, Place place) {
    super(field);
    this.byIndex = byIndex;
    this.place = place;
    for (String name : classes) {
      indexes.put(TermName.of(name), indexes.size());
    }
  }

  @Override
  public boolean takesWritten() {
    return !byIndex;
  }

  @Override
  public @Nullable Rejected text(String value, ExampleBatch rows) {
    if (byIndex) {
      return other("text");
    }
    Integer index = indexes.get(TermName.of(value));
    return index == null ? unknown("a name") : take(index, rows);
  }

  @Override
  public @Nullable Rejected number(double value, ExampleBatch rows) {
    if (!byIndex) {
      return other("number");
    }
    boolean known = value >= 0 && value < indexes.size() && value == Math.rint(value);
    return known ? take((int) value, rows) : unknown("a number");
  }

  @Override
  public @Nullable Rejected untyped(String value, ExampleBatch rows) {
    return byIndex && UntypedNumbers.isOne(value)
        ? number(Double.parseDouble(value), rows)
        : text(value, rows);
  }

  private Rejected unknown(String found) {
    return rejected(Reason.LABEL_RANGE, found + " that is none of " + indexes.size());
  }

  private @Nullable Rejected take(int index, ExampleBatch rows) {
    place.writeClass(rows, index);
    return filled();
  }
}
