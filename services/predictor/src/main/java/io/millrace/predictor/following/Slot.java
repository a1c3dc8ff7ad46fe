package io.millrace.predictor.following;

import io.millrace.learning.features.FieldCells;
import io.millrace.learning.features.RawForm;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where a tensor's values go: for each element of a row, a cell of the input's row, and where that
 * is one number in two cells ({@link io.millrace.learning.features.Precision}), the other one.
 * Immutable.
 */
public final class Slot {
  private static final int NONE = -1;

  private final int input;
  private final int position;
  private final @Nullable RawForm form;
  private final int[] cells;
  private final int[] rests;
  private final boolean[] optional;
  private final boolean block;

  private Slot(
      int input,
      int position,
      @Nullable RawForm form,
      int[] cells,
      int[] rests,
      boolean[] optional) {
    this.input = input;
    this.position = position;
    this.form = form;
    this.cells = cells;
    this.rests = rests;
    this.optional = optional;
    this.block = isRun(cells) && (rests[0] == NONE ? isNone(rests) : isRun(rests));
  }

  /** Returns the place of the numbers of fields, one after the other. */
  static Slot of(int input, int position, List<FieldCells> fields) {
    int width = fields.stream().mapToInt(field -> field.form().numbers()).sum();
    RawForm form = fields.size() == 1 ? fields.get(0).form() : null;
    int[] cells = new int[width];
    int[] rests = new int[width];
    boolean[] optional = new boolean[width];
    int element = 0;
    for (FieldCells field : fields) {
      for (int i = 0; i < field.form().numbers(); i++, element++) {
        int rest = field.form().restOf(i);
        cells[element] = field.column() + i;
        rests[element] = rest < 0 ? NONE : field.column() + rest;
        optional[element] = field.form().takesMissing();
      }
    }
    return new Slot(input, position, form, cells, rests, optional);
  }

  /** Returns the place of the cells of one field, which are written as {@code form} says. */
  public Slot ofCells(RawForm written) {
    int[] all = new int[written.width()];
    Arrays.setAll(all, i -> cells[0] + i);
    int[] none = new int[all.length];
    Arrays.fill(none, NONE);
    boolean[] missing = new boolean[all.length];
    Arrays.fill(missing, written.takesMissing());
    return new Slot(input, position, written, all, none, missing);
  }

  /** Returns the index of the network's input. */
  public int input() {
    return input;
  }

  /** Returns how many elements a row has. */
  public int width() {
    return cells.length;
  }

  /** Returns the place of the first element among the elements of all inputs. */
  public int position() {
    return position;
  }

  /** Returns how one field's value is written there; null for several fields. */
  public @Nullable RawForm form() {
    return form;
  }

  /** Returns which cell of the input's row an element goes to. */
  public int cell(int element) {
    return cells[element];
  }

  /** Returns which cell holds what is left of an element; -1 where none does. */
  public int rest(int element) {
    return rests[element];
  }

  /** Returns whether an element may be missing: it is NaN then. */
  public boolean mayBeMissing(int element) {
    return optional[element];
  }

  /** Returns whether the values may come as texts or bytes, one a row. */
  public boolean takesTexts() {
    return form != null && (form.isText() || form.takesBytes());
  }

  /** Returns whether a row's elements go to neighbouring cells, and so what is left of each. */
  public boolean isBlock() {
    return block;
  }

  private static boolean isRun(int[] cells) {
    return IntStream.range(1, cells.length).allMatch(i -> cells[i] == cells[i - 1] + 1);
  }

  private static boolean isNone(int[] rests) {
    return Arrays.stream(rests).allMatch(rest -> rest == NONE);
  }
}
