package io.millrace.trainer.intake;

import io.millrace.learning.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How records written with one schema are read: a step for each value in it, in the order of the
 * encoding, that hands the value to its column or passes over it. Fields are found by name, so that
 * order and additional fields do not matter, and numbers of every width become numbers.
 */
final class AvroPlan {
  private final Step root;

  /**
   * @param writer the schema that the records are written with
   */
  AvroPlan(Schema writer, FieldTree fields) {
    root = new Compiler().step(writer, fields);
  }

  @Nullable Rejected read(AvroReader reader, Rows rows) {
    return root.read(reader, rows);
  }

  /** Reads one value, or passes over it. */
  private interface Step {
    @Nullable Rejected read(AvroReader reader, Rows rows);
  }

  /** Makes steps; a record that contains itself is passed over by one step, made once. */
  private static final class Compiler {
    private static final FieldTree NOTHING = new FieldTree();

    private final Map<String, Step[]> passing = new HashMap<>();

    Step step(Schema schema, FieldTree field) {
      Column column = field.column();
      return switch (schema.getType()) {
        case RECORD -> record(schema, field);
        case UNION -> union(schema, field);
        case ARRAY -> array(schema.getElementType(), column);
        case MAP -> map(schema.getValueType(), column);
        default -> column == null ? pass(schema) : take(schema, column);
      };
    }

    private Step record(Schema schema, FieldTree field) {
      if (field.hasChildren()) {
        List<Step> steps = new ArrayList<>();
        for (Schema.Field each : schema.getFields()) {
          FieldTree inside = field.find(each.name());
          steps.add(step(each.schema(), inside == null ? NOTHING : inside));
        }
        return sequence(steps.toArray(Step[]::new));
      }
      Column column = field.column();
      Step pass = passRecord(schema);
      return column == null ? pass : (reader, rows) -> column.other("object");
    }

    /** The steps are filled in later, so that a record may contain itself. */
    private Step passRecord(Schema schema) {
      Step[] steps = passing.get(schema.getFullName());
      if (steps == null) {
        steps = new Step[schema.getFields().size()];
        passing.put(schema.getFullName(), steps);
        for (int i = 0; i < steps.length; i++) {
          steps[i] = step(schema.getFields().get(i).schema(), NOTHING);
        }
      }
      return new Nested(sequence(steps));
    }

    private Step union(Schema schema, FieldTree field) {
      Step[] branches =
          schema.getTypes().stream().map(type -> step(type, field)).toArray(Step[]::new);
      return (reader, rows) -> {
        long branch = reader.integer();
        if (branch < 0 || branch >= branches.length) {
          reader.fail();
          return null;
        }
        return branches[(int) branch].read(reader, rows);
      };
    }

    private Step array(Schema items, @Nullable Column column) {
      Step item = column == null ? step(items, NOTHING) : item(items, column);
      return (reader, rows) -> {
        Rejected rejected = column == null ? null : column.beginList();
        for (long left = reader.block(); left > 0 && rejected == null; left = reader.block()) {
          for (; left > 0 && rejected == null && !reader.isMalformed(); left--) {
            rejected = item.read(reader, rows);
          }
        }
        return rejected == null && column != null ? column.endList(rows) : rejected;
      };
    }

    private Step map(Schema values, @Nullable Column column) {
      if (column != null) {
        return (reader, rows) -> column.other("object");
      }
      Step value = step(values, NOTHING);
      return (reader, rows) -> {
        for (long left = reader.block(); left > 0; left = reader.block()) {
          for (; left > 0 && !reader.isMalformed(); left--) {
            reader.skipTo(reader.end());
            value.read(reader, rows);
          }
        }
        return null;
      };
    }

    private static Step sequence(Step[] steps) {
      return (reader, rows) -> {
        Rejected rejected = null;
        for (int i = 0; i < steps.length && rejected == null; i++) {
          rejected = steps[i].read(reader, rows);
        }
        return rejected;
      };
    }

    private static Step item(Schema schema, Column column) {
      return switch (schema.getType()) {
        case INT, LONG -> (reader, rows) -> column.integerItem(reader.integer(), rows);
        case FLOAT -> (reader, rows) -> column.singleItem(reader.float32(), rows);
        case DOUBLE -> (reader, rows) -> column.decimalItem(reader.float64(), rows);
        case STRING -> (reader, rows) -> column.item(reader.text(), rows);
        default -> (reader, rows) -> column.other("list with something else than numbers");
      };
    }

    private static Step take(Schema schema, Column column) {
      return switch (schema.getType()) {
        case INT, LONG -> (reader, rows) -> column.integer(reader.integer(), rows);
        case FLOAT -> (reader, rows) -> column.single(reader.float32(), rows);
        case DOUBLE -> (reader, rows) -> column.decimal(reader.float64(), rows);
        case BOOLEAN -> (reader, rows) -> column.truth(reader.truth(), rows);
        case STRING -> (reader, rows) -> column.text(reader.text(), rows);
        case ENUM -> name(schema.getEnumSymbols(), column);
        case NULL -> (reader, rows) -> column.missing("null", rows);
        case FIXED -> bytes(column, schema.getFixedSize());
        default -> bytes(column, -1);
      };
    }

    private static Step name(List<String> symbols, Column column) {
      return (reader, rows) -> {
        long index = reader.integer();
        if (index < 0 || index >= symbols.size()) {
          reader.fail();
          return null;
        }
        return column.text(symbols.get((int) index), rows);
      };
    }

    /** Takes so many bytes, or as many as are told before them where {@code size} is negative. */
    private static Step bytes(Column column, int size) {
      return (reader, rows) -> {
        int end = size < 0 ? reader.end() : reader.position() + size;
        if (end > reader.bytes().length || reader.isMalformed()) {
          reader.fail();
          return null;
        }
        int from = reader.position();
        reader.skipTo(end);
        return column.bytes(reader.bytes(), from, end, rows);
      };
    }

    private static Step pass(Schema schema) {
      return switch (schema.getType()) {
        case INT, LONG, ENUM -> (reader, rows) -> nothing(reader.integer());
        case FLOAT -> (reader, rows) -> skip(reader, Float.BYTES);
        case DOUBLE -> (reader, rows) -> skip(reader, Double.BYTES);
        case BOOLEAN -> (reader, rows) -> skip(reader, 1);
        case FIXED -> (reader, rows) -> skip(reader, schema.getFixedSize());
        case STRING, BYTES ->
            (reader, rows) -> {
              reader.skipTo(reader.end());
              return null;
            };
        default -> (reader, rows) -> null;
      };
    }

    private static @Nullable Rejected nothing(long unused) {
      return null;
    }

    private static @Nullable Rejected skip(AvroReader reader, int count) {
      reader.skip(count);
      return null;
    }
  }

  /** A record inside another, so deep at most that a hostile one cannot exhaust the stack. */
  private static final class Nested implements Step {
    private static final int DEEPEST = 200;

    private final Step step;
    private int depth;

    Nested(Step step) {
      this.step = step;
    }

    @Override
    public @Nullable Rejected read(AvroReader reader, Rows rows) {
      if (depth == DEEPEST) {
        reader.fail();
        return null;
      }
      depth++;
      Rejected rejected = step.read(reader, rows);
      depth--;
      return rejected;
    }
  }
}
