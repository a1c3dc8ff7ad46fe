package io.millrace.learning.features;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A list of a fixed number of numbers. If allowed, values from 0 to 255 may also come as bytes or
 * Base64. The cells hold all numbers first, then, in double precision, the rest of each.
 */
public final class NumbersForm extends RawForm {
  private final int numbers;
  private final boolean takesBytes;

  /**
   * @param takesBytes whether the numbers may come as bytes, as those of an image do
   */
  public NumbersForm(int numbers, boolean takesBytes, Precision precision, boolean takesMissing) {
    super(numbers * precision.cells(), takesMissing);
    this.numbers = numbers;
    this.takesBytes = takesBytes;
  }

  @Override
  public int numbers() {
    return numbers;
  }

  @Override
  public boolean takesBytes() {
    return takesBytes;
  }

  @Override
  public @Nullable Misfit number(double value, float[] cells, int at) {
    return Misfit.count(1, numbers);
  }

  @Override
  public @Nullable Misfit text(String value, float[] cells, int at) {
    if (!takesBytes) {
      return other("text");
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(value);
      return bytes(bytes, 0, bytes.length, cells, at);
    } catch (IllegalArgumentException e) {
      return other("text that is no Base64");
    }
  }

  @Override
  public @Nullable Misfit bytes(byte[] bytes, int from, int to, float[] cells, int at) {
    if (!takesBytes) {
      return other("bytes");
    }
    if (to - from != numbers) {
      return Misfit.count(to - from, numbers);
    }
    for (int i = from; i < to; i++) {
      cells[at++] = bytes[i] & 0xff;
    }
    return null;
  }

  @Override
  public @Nullable Misfit list() {
    return null;
  }

  @Override
  public @Nullable Misfit item(int index, double value, float[] cells, int at) {
    if (index >= numbers) {
      return null; // reported by items(), at the list's end
    }
    int rest = restOf(index);
    return write(value, cells, at + index, rest < 0 ? -1 : at + rest);
  }

  @Override
  public @Nullable Misfit items(int count) {
    return count == numbers ? null : Misfit.count(count, numbers);
  }

  @Override
  public Misfit other(String found) {
    return new Misfit(Misfit.Kind.NOT_A_NUMBER, found);
  }
}
