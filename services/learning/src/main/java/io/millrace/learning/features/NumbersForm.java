package io.millrace.learning.features;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A list of so many numbers, a cell each; of bytes, which may come as Base64, from 0 to 255. */
public final class NumbersForm extends RawForm {
  private final boolean takesBytes;

  /**
   * @param takesBytes whether the numbers may come as bytes, as those of an image do
   */
  public NumbersForm(int width, boolean takesBytes, boolean takesMissing) {
    super(width, takesMissing);
    this.takesBytes = takesBytes;
  }

  @Override
  public boolean takesBytes() {
    return takesBytes;
  }

  @Override
  public @Nullable Misfit number(double value, float[] cells, int at) {
    return Misfit.count(1, width());
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
    if (to - from != width()) {
      return Misfit.count(to - from, width());
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
    return index < width() ? write(value, cells, at + index) : null;
  }

  @Override
  public @Nullable Misfit items(int count) {
    return count == width() ? null : Misfit.count(count, width());
  }

  @Override
  public Misfit other(String found) {
    return new Misfit(Misfit.Kind.NOT_A_NUMBER, found);
  }
}
