package io.millrace.trainer.intake;

import io.millrace.learning.InputSettings;
import io.millrace.learning.ModelDefinition;
import io.millrace.learning.OutputSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All the columns of a row, and the fields of a record that fill them, found by name. */
final class Columns {
  private final Column[] all;
  private final Map<String, Column> byField = new HashMap<>();

  Columns(ModelDefinition model) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < model.inputs().size(); i++) {
      columns.addAll(inputColumns(model.inputs().get(i), i));
    }
    int[] targetWidths = model.targetWidths();
    for (int i = 0; i < targetWidths.length; i++) {
      columns.add(outputColumn(model.outputs().get(i), new Place(true, i, targetWidths[i], 0)));
    }
    all = columns.toArray(Column[]::new);
    grouped(columns).forEach((field, group) -> byField.put(field, of(field, group)));
  }

  /** Forgets the record before. */
  void begin() {
    for (Column column : all) {
      column.begin();
    }
  }

  /** Returns what a field fills; null for a field that the model does not read. */
  @Nullable Column of(String field) {
    return byField.get(field);
  }

  /** Returns the rejection for the first column that the record did not fill, or null. */
  @Nullable Rejected firstMissing() {
    for (Column column : all) {
      if (!column.isFilled()) {
        return column.missing("nothing");
      }
    }
    return null;
  }

  private static List<Column> inputColumns(InputSettings input, int index) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < input.fields().size(); i++) {
      Place place = new Place(false, index, input.size(), i);
      columns.add(new NumberColumn(input.fields().get(i), place));
    }
    return columns.isEmpty()
        ? List.of(new VectorColumn(input.name(), new Place(false, index, input.size(), 0)))
        : columns;
  }

  private static Column outputColumn(OutputSettings output, Place place) {
    if (output.isClassification()) {
      return new ClassColumn(output.field(), output.classes(), place);
    }
    return place.width() == 1
        ? new NumberColumn(output.field(), place)
        : new VectorColumn(output.field(), place);
  }

  private static Map<String, List<Column>> grouped(List<Column> columns) {
    Map<String, List<Column>> groups = new LinkedHashMap<>();
    for (Column column : columns) {
      groups.computeIfAbsent(column.field(), field -> new ArrayList<>()).add(column);
    }
    return groups;
  }

  private static Column of(String field, List<Column> group) {
    return group.size() == 1 ? group.get(0) : new SharedColumn(field, group);
  }
}
