package io.millrace.trainer.decoding.shared;

import io.millrace.learning.features.FieldCells;
import io.millrace.learning.features.NumberForm;
import io.millrace.learning.features.NumbersForm;
import io.millrace.learning.features.Precision;
import io.millrace.learning.features.RawForm;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.InputSettings;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All columns of a row, and the record fields that fill them, found by name. */
public final class Columns {
  private final Column[] all;
  private final Map<String, Column> byField = new LinkedHashMap<>();

  /** Creates the columns of a model's rows. */
  public Columns(ModelDefinition model) {
    this(columns(model));
  }

  public Columns(List<? extends Column> columns) {
    all = columns.toArray(Column[]::new);
    grouped(columns).forEach((field, group) -> byField.put(field, of(field, group)));
  }

  /** Forgets the previous record. */
  public void begin() {
    for (Column column : all) {
      column.begin();
    }
  }

  /** Returns the column that a field fills; null if the model does not read the field. */
  public @Nullable Column of(String field) {
    return byField.get(field);
  }

  /** Returns the fields that the model reads. */
  public Set<String> fields() {
    return byField.keySet();
  }

  /** Returns the rejection for the first column that needs a value and has none, or null. */
  public @Nullable Rejected firstMissing(ExampleBatch rows) {
    for (Column column : all) {
      if (!column.isFilled()) {
        Rejected rejected = column.missing("nothing", rows);
        if (rejected != null) {
          return rejected;
        }
      }
    }
    return null;
  }

  private static List<Column> columns(ModelDefinition model) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < model.inputs().size(); i++) {
      columns.addAll(inputColumns(model.inputs().get(i), i));
    }
    int[] targetWidths = model.targetWidths();
    for (int i = 0; i < targetWidths.length; i++) {
      if (model.outputs().get(i).isLabelled()) {
        columns.add(outputColumn(model.outputs().get(i), new Place(true, i, targetWidths[i], 0)));
      }
    }
    return columns;
  }

  private static List<Column> inputColumns(InputSettings input, int index) {
    List<Column> columns = new ArrayList<>();
    for (FieldCells cell : input.cells()) {
      Place place = new Place(false, index, input.size(), cell.column());
      columns.add(new CellColumn(cell.field(), cell.form(), place));
    }
    return columns;
  }

  private static Column outputColumn(OutputSettings output, Place place) {
    return switch (output.label()) {
      case NAME -> new ClassColumn(output.field(), output.classes(), false, place);
      case INDEX -> new ClassColumn(output.field(), output.classes(), true, place);
      case NAMES -> new ClassesColumn(output.field(), output.classes(), place);
      case NUMBERS -> new CellColumn(output.field(), numbers(place.width()), place);
    };
  }

  private static RawForm numbers(int width) {
    return width == 1
        ? new NumberForm(Precision.SINGLE, false)
        : new NumbersForm(width, false, Precision.SINGLE, false);
  }

  private static Map<String, List<Column>> grouped(List<? extends Column> columns) {
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
