package io.millrace.learning.kernels.host.memory;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;

/**
 * An operation that oneDNN has compiled for this processor and for one size of its operands. A run
 * allocates nothing. Used by one thread at a time.
 */
public final class Primitive {
  private final primitive operation;
  private final IntMemoryMap operands = new IntMemoryMap();
  private final stream stream = new stream(OneDnn.processor());

  /**
   * @param form the descriptor of {@code operation}, made with {@link OneDnn#options}
   */
  public Primitive(primitive operation, primitive_desc_base form) {
    this.operation = operation;
    memory.desc scratch = form.scratchpad_desc();
    operands.put(dnnl.DNNL_ARG_SCRATCHPAD, new memory(scratch, OneDnn.processor()));
  }

  /** Returns a primitive that copies an operand to another layout. */
  public static Primitive reorder(Operand from, Operand to) {
    reorder.primitive_desc form =
        new reorder.primitive_desc(from.memory(), to.memory(), OneDnn.options(), false);
    return new Primitive(new reorder(form), form)
        .with(dnnl.DNNL_ARG_FROM, from)
        .with(dnnl.DNNL_ARG_TO, to);
  }

  /** Sets an operand; {@code role} is one of oneDNN's argument numbers. */
  public Primitive with(int role, Operand operand) {
    return with(role, operand.memory());
  }

  /** Sets an operand; {@code role} is one of oneDNN's argument numbers. */
  public Primitive with(int role, memory operand) {
    operands.put(role, operand);
    return this;
  }

  public void run() {
    operation.execute(stream, operands);
  }
}
