package io.millrace.learning.kernels.host.memory;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl.scratchpad_mode;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;

/** What all operations of oneDNN share. */
public final class OneDnn {
  /** Whether oneDNN has fast operations for this platform. */
  public static final boolean IS_FAST = Loader.getPlatform().equals("linux-x86_64");

  private OneDnn() {}

  /** Returns oneDNN's engine of the processor. */
  public static engine processor() {
    return Processor.ENGINE;
  }

  /** Returns options of a primitive whose scratch memory the caller provides. */
  public static primitive_attr options() {
    primitive_attr options = new primitive_attr();
    options.set_scratchpad_mode(scratchpad_mode.user);
    return options;
  }

  /** Returns the descriptor of a row of numbers. */
  public static memory.desc row(int length) {
    return new memory.desc(new long[] {length}, data_type.f32, format_tag.a);
  }

  /** Returns the descriptor of a row-major matrix. */
  public static memory.desc matrix(int rows, int columns) {
    return new memory.desc(new long[] {rows, columns}, data_type.f32, format_tag.ab);
  }

  /** Returns numbers in native memory as an operand; the caller keeps the memory alive. */
  public static memory at(FloatPointer values, memory.desc form) {
    return new memory(form, processor(), values);
  }

  /** Returns whether oneDNN has only its slow reference implementation of an operation. */
  public static boolean isSlow(primitive_desc_base operation) {
    return operation.impl_info_str().getString().startsWith("ref");
  }

  /** Loads the library on first use. */
  private static final class Processor {
    static final engine ENGINE = new engine(engine.kind.cpu, 0);
  }
}
