package io.millrace.learning.kernels.host;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl.scratchpad_mode;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.javacpp.Loader;

/** What is the same for all that oneDNN computes here. */
final class OneDnn {
  /** Whether oneDNN has fast operations for this platform. */
  static final boolean IS_FAST = Loader.getPlatform().equals("linux-x86_64");

  private OneDnn() {}

  /** Returns the processor as oneDNN sees it. */
  static engine processor() {
    return Processor.ENGINE;
  }

  /** Returns options of a primitive that keeps its scratch memory to itself. */
  static primitive_attr options() {
    primitive_attr options = new primitive_attr();
    options.set_scratchpad_mode(scratchpad_mode.user);
    return options;
  }

  /** Says whether oneDNN has only its slow way of reference for an operation. */
  static boolean isSlow(primitive_desc_base operation) {
    return operation.impl_info_str().getString().startsWith("ref");
  }

  /** Loads the library with the first that needs it. */
  private static final class Processor {
    static final engine ENGINE = new engine(engine.kind.cpu, 0);
  }
}
