package io.millrace.predictor.following;

import io.millrace.learning.features.FieldCells;
import io.millrace.learning.features.RawForm;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where a tensor's values go: a cell of the input's row for each element of a row. If a number
 * takes two cells ({@link io.millrace.learning.features.Precision}), the slot also has its second
 * cell. Immutable.
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

  /** Returns the slot for the numbers of consecutive fields. */
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

  /** Returns the slot for the cells of one field in the form {@code written}. */
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

  /** Returns the number of elements per row. */
  public int width() {
    return cells.length;
  }

  /** Returns the position of the first element among the elements of all inputs. */
  public int position() {
    return position;
  }

  /** Returns the form of the single field's value; null if the slot has several fields. */
  public @Nullable RawForm form() {
    return form;
  }

  /** Returns the cell of the input's row that an element goes to. */
  public int cell(int element) {
    return cells[element];
  }

  /**
   * Returns the cell that takes the rest of an element in double precision; -1 if there is none.
   */
  public int rest(int element) {
    return rests[element];
  }

  /** Returns whether an element may be missing, which NaN stands for. */
  public boolean mayBeMissing(int element) {
    return optional[element];
  }

  /** Returns whether the values may be sent as BYTES, one per row. */
  public boolean takesTexts() {
    return form != null && (form.isText() || form.takesBytes());
  }

  /** Returns whether a row's elements go to adjacent cells, and their rests too. */
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
