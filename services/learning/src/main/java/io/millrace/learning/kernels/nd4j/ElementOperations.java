package io.millrace.learning.kernels.nd4j;

import io.millrace.learning.expressions.Function;
import io.millrace.learning.expressions.Operator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.same.Sign;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.factory.Nd4j;

/** The nodes of formulas as ND4J operations. The result may be an operand of the same shape. */
final class ElementOperations {
  private ElementOperations() {}

  static Operation copy(INDArray in, INDArray out) {
    return NativeOperation.named("identity").reads(in).writes(out);
  }

  static Operation zero(INDArray out) {
    return NativeOperation.named("zeros_as").reads(out).writes(out);
  }

  static Operation sum(INDArray in, int axis, INDArray out) {
    return NativeOperation.named("reduce_sum").reads(in).writes(out).integers(axis).flags(true);
  }

  static Operation combine(Operator operator, INDArray a, INDArray b, INDArray out) {
    return NativeOperation.named(name(operator)).reads(a, b).writes(out);
  }

  static Operation map(Function function, INDArray in, INDArray out) {
    return switch (function) {
      case SQUARE_ROOT -> transform(new Sqrt(in, out));
      case ABSOLUTE -> transform(new Abs(in, out));
      case SIGN -> transform(new Sign(in, out));
      case EXPONENTIAL -> transform(new Exp(in, out));
      case ERROR_FUNCTION -> transform(new Erf(in, out));
      case SIGMOID -> NativeOperation.named("sigmoid").reads(in).writes(out);
    };
  }

  /** Returns a function that only the executioner can run. */
  private static Operation transform(Op transform) {
    return () -> Nd4j.getExecutioner().exec(transform);
  }

  private static String name(Operator operator) {
    return switch (operator) {
      case PLUS -> "add";
      case MINUS -> "subtract";
      case TIMES -> "multiply";
      case OVER -> "divide";
      case MAXIMUM -> "maximum";
      case MINIMUM -> "minimum";
      case POWER -> "Pow";
    };
  }
}
