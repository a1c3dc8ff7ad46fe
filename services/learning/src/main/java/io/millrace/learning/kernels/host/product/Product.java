package io.millrace.learning.kernels.host.product;

import io.millrace.learning.kernels.host.memory.Blas;
import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Loops;
import io.millrace.learning.kernels.host.memory.NativeArray;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies a batch by weights and adds a bias, the result's previous values, or nothing; // [n,
 * in] · [in, out] + [out] -> [n, out].
 */
public final class Product extends Multiplying {
  private final HostMatrix a;
  private final HostBuffer weights;
  private final HostMatrix out;
  private final @Nullable HostBuffer bias;
  private final Form form;
  private final MatrixProduct product;
  private final @Nullable PreparedProduct[] prepared;

  /** What happens to the product. */
  public enum Form {
    PLAIN,
    /** It is added to the result's previous values, without a bias. */
    SUM,
    /** Negative values become zero, but only in a {@link #isPrepared prepared} product. */
    RECTIFIED
  }

  public Product(
      Blas blas,
      HostMatrix a,
      HostBuffer weights,
      @Nullable HostBuffer bias,
      HostMatrix out,
      Form form) {
    super(blas, a, weights.factor(blas.team(), 0), out.columns(), out.buffer(), out);
    this.a = a;
    this.weights = weights;
    this.out = out;
    this.bias = bias;
    this.form = form;
    this.product = MatrixProduct.plain(out.columns());
    this.prepared = new PreparedProduct[blas.team().size()];
  }

  @Override
  protected int count(int rows) {
    return a.rows(rows);
  }

  @Override
  int lengthOfB(int rows) {
    return weights.length();
  }

  @Override
  boolean isSum() {
    return form == Form.SUM;
  }

  @Override
  void computeNatively(int rows, int part, int first, int end, NativeArray result, int offset) {
    int k = a.columns();
    int n = out.columns();
    if (isPrepared(rows)) {
      prepared(part, first, end, result).run(bias);
      return;
    }
    if (bias != null) {
      result.repeat(offset, bias.values, bias.offset, n, end - first);
    }
    float keep = bias != null || form == Form.SUM ? 1 : 0;
    FloatPointer rowsOfA = nativeA().from(part, first * k);
    FloatPointer b = nativeB().from(part, 0);
    FloatPointer c = result.from(part, offset);
    product.compute(end - first, k, rowsOfA, b, keep, c);
  }

  /** Returns whether the product is compiled for this number of rows. */
  boolean isPrepared(int rows) {
    return form != Form.SUM && out.columns() > 1 && out.canStayNative(rows);
  }

  /** Returns a thread's product for a full batch, which never changes. */
  private PreparedProduct prepared(int part, int first, int end, NativeArray result) {
    PreparedProduct made = prepared[part];
    if (made == null) {
      int k = a.columns();
      int n = out.columns();
      FloatPointer rowsOfA = nativeA().at(first * k);
      made =
          new PreparedProduct(
              end - first,
              k,
              n,
              rowsOfA,
              nativeB().at(0),
              result.at(first * n),
              bias != null,
              form == Form.RECTIFIED);
      prepared[part] = made;
    }
    return made;
  }

  @Override
  void computeInLoops(int rows, int first, int end) {
    int k = a.columns();
    int n = out.columns();
    int aStart = a.start(rows);
    int outStart = out.start(rows);
    for (int row = first; row < end; row++) {
      begin(outStart + row * n, n);
      for (int i = 0; i < k; i++) {
        Loops.addScaled(
            a.values()[aStart + row * k + i],
            weights.values,
            weights.offset + i * n,
            out.values(),
            outStart + row * n,
            n);
      }
    }
  }

  private void begin(int start, int n) {
    if (bias != null) {
      System.arraycopy(bias.values, bias.offset, out.values(), start, n);
    } else if (form != Form.SUM) {
      Arrays.fill(out.values(), start, start + n, 0);
    }
  }
}
