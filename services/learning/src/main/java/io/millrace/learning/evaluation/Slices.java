package io.millrace.learning.evaluation;

import io.millrace.learning.state.State;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields that metrics are sliced by, and the values that held-out records had in them.
 *
 * <p>Values are numbered in the order of their first occurrence. Each field has room for {@value
 * #MOST_VALUES} values. Later ones share one number, which bounds the cost of a field with ever new
 * values. Owned by one thread.
 */
public final class Slices {
  private static final int MOST_VALUES = 50;
  private static final int OTHER = MOST_VALUES;
  private static final String ABSENT = "";

  private final List<String> fields;
  private final List<List<String>> values = new ArrayList<>();

  public Slices(List<String> fields) {
    this.fields = List.copyOf(fields);
    fields.forEach(field -> values.add(new ArrayList<>()));
  }

  public int count() {
    return fields.size();
  }

  /** Returns the number of a value; a new value gets a new number. */
  public int number(int slice, @Nullable String value) {
    List<String> known = values.get(slice);
    String named = value == null ? ABSENT : value;
    int index = known.indexOf(named);
    if (index < 0 && known.size() < MOST_VALUES) {
      known.add(named);
      return known.size() - 1;
    }
    return index < 0 ? OTHER : index;
  }

  /** Returns how many numbers a slice has so far, including the one shared by further values. */
  int numbers(int slice) {
    return values.get(slice).size() == MOST_VALUES ? OTHER + 1 : values.get(slice).size();
  }

  /** Returns the label that distinguishes the scores of a value, such as {@code [carrier=AA]}. */
  String label(int slice, int number) {
    String value = number == OTHER ? "others" : values.get(slice).get(number);
    return "[" + fields.get(slice) + (value.isEmpty() ? " absent]" : "=" + value + "]");
  }

  public void save(State state) {
    for (int i = 0; i < fields.size(); i++) {
      State field = state.child(fields.get(i));
      field.put("values", values.get(i).size());
      for (int number = 0; number < values.get(i).size(); number++) {
        field.put("value_" + number, values.get(i).get(number));
      }
    }
  }

  /** Restores the values of the fields that were sliced when the state was saved. */
  public void restore(State state) {
    for (int i = 0; i < fields.size(); i++) {
      State field = state.child(fields.get(i));
      values.get(i).clear();
      for (int number = 0; field.has("values") && number < field.integer("values"); number++) {
        values.get(i).add(field.text("value_" + number));
      }
    }
  }
}
