package io.millrace.trainer.decoding.avro;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.trainer.decoding.shared.Column;
import io.millrace.trainer.decoding.shared.FieldTree;
import io.millrace.trainer.decoding.shared.Rejected;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The plan for reading records of one writer schema: one step for each value, in the order of the
 * encoding. A step passes the value to its column or skips it. Fields are found by name, so order
 * and additional fields do not matter. Numeric types of every width are read as numbers.
 */
final class AvroPlan {
  private final AvroStep root;

  /**
   * @param writer the schema that the records were written with
   */
  AvroPlan(Schema writer, FieldTree fields) {
    root = new Compiler().step(writer, fields);
  }

  @Nullable Rejected read(AvroReader reader, ExampleBatch rows) {
    return root.read(reader, rows);
  }

  /** Compiles a schema to steps. A recursive record is skipped by one shared step. */
  private static final class Compiler {
    private static final FieldTree NOTHING = new FieldTree();

    private final Map<String, AvroStep[]> passing = new HashMap<>();

    AvroStep step(Schema schema, FieldTree field) {
      Column column = field.column();
      return switch (schema.getType()) {
        case RECORD -> record(schema, field);
        case UNION -> union(schema, field);
        case ARRAY -> array(schema.getElementType(), column);
        case MAP -> map(schema.getValueType(), column);
        default -> column == null ? AvroValues.pass(schema) : AvroValues.take(schema, column);
      };
    }

    private AvroStep record(Schema schema, FieldTree field) {
      if (field.hasChildren()) {
        List<AvroStep> steps = new ArrayList<>();
        for (Schema.Field each : schema.getFields()) {
          FieldTree inside = field.find(each.name());
          steps.add(step(each.schema(), inside == null ? NOTHING : inside));
        }
        return sequence(steps.toArray(AvroStep[]::new));
      }
      Column column = field.column();
      AvroStep pass = passRecord(schema);
      return column == null ? pass : (reader, rows) -> column.other("object");
    }

    /** The steps are filled in after they are registered, so that a record may contain itself. */
    private AvroStep passRecord(Schema schema) {
      AvroStep[] steps = passing.get(schema.getFullName());
      if (steps == null) {
        steps = new AvroStep[schema.getFields().size()];
        passing.put(schema.getFullName(), steps);
        for (int i = 0; i < steps.length; i++) {
          steps[i] = step(schema.getFields().get(i).schema(), NOTHING);
        }
      }
      return new Nested(sequence(steps));
    }

    private AvroStep union(Schema schema, FieldTree field) {
      AvroStep[] branches =
          schema.getTypes().stream().map(type -> step(type, field)).toArray(AvroStep[]::new);
      return (reader, rows) -> {
        long branch = reader.integer();
        if (branch < 0 || branch >= branches.length) {
          reader.fail();
          return null;
        }
        return branches[(int) branch].read(reader, rows);
      };
    }

    private AvroStep array(Schema items, @Nullable Column column) {
      AvroStep item = column == null ? step(items, NOTHING) : AvroValues.item(items, column);
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

    private AvroStep map(Schema values, @Nullable Column column) {
      if (column != null) {
        return (reader, rows) -> column.other("object");
      }
      AvroStep value = step(values, NOTHING);
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

    private static AvroStep sequence(AvroStep[] steps) {
      return (reader, rows) -> {
        Rejected rejected = null;
        for (int i = 0; i < steps.length && rejected == null; i++) {
          rejected = steps[i].read(reader, rows);
        }
        return rejected;
      };
    }
  }

  /** A nested record. Its depth is limited, so that hostile input cannot exhaust the stack. */
  private static final class Nested implements AvroStep {
    private static final int DEEPEST = 200;

    private final AvroStep step;
    private int depth;

    Nested(AvroStep step) {
      this.step = step;
    }

    @Override
    public @Nullable Rejected read(AvroReader reader, ExampleBatch rows) {
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
