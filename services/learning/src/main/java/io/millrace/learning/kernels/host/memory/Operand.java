package io.millrace.learning.kernels.host.memory;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/** Numbers in native memory in the layout of a {@link Primitive}; initially zero. */
public final class Operand {
  private final memory memory;
  private final FloatBuffer values;

  public Operand(memory.desc form) {
    memory = new memory(form, OneDnn.processor());
    int length = Math.toIntExact(form.get_size() / Float.BYTES);
    values = new FloatPointer(memory.get_data_handle()).capacity(length).asBuffer();
    for (int i = 0; i < length; i++) {
      values.put(i, 0);
    }
  }

  memory memory() {
    return memory;
  }

  /** Copies {@code length} values from {@code source} to the beginning of this operand. */
  public void write(float[] source, int start, int length) {
    values.put(0, source, start, length);
  }

  /** Copies the first {@code length} values to {@code target}. */
  public void read(float[] target, int start, int length) {
    values.get(0, target, start, length);
  }
}
