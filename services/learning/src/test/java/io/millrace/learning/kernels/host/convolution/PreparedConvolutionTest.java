package io.millrace.learning.kernels.host.convolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.learning.kernels.Call;
import io.millrace.learning.kernels.Matrix;
import io.millrace.learning.kernels.Window;
import io.millrace.learning.kernels.WindowAxis;
import io.millrace.learning.kernels.host.memory.Blas;
import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Team;
import io.millrace.learning.random.RandomStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares oneDNN's convolutions with products with patches. */
class PreparedConvolutionTest {
  private static final int FILTERS = 5;
  private static final double ROUNDING = 1e-3;

  static List<Window> windows() {
    return List.of(
        window(axis(28, 3, 1, 1, 0, 26), axis(28, 3, 1, 1, 0, 26), 1), // valid
        window(axis(9, 3, 1, 1, 1, 9), axis(8, 2, 1, 1, 0, 8), 4), // same, one more at the end
        window(axis(11, 3, 2, 1, 0, 5), axis(10, 3, 3, 1, 0, 3), 3), // strides with a remainder
        window(WindowAxis.NONE, axis(30, 3, 1, 4, 8, 30), 7)); // causal, dilated
  }

  @ParameterizedTest
  @MethodSource("windows")
  void run_everyKindOfWindow_agreesWithPatches(Window window) {
    // Given
    ConvolutionForm form = ConvolutionForm.of(window, FILTERS);
    assumeTrue(form.isFast());
    int rows = form.images() + 2; // the last group has fewer images than the others
    Arrays arrays = new Arrays(window, rows);
    Arrays expected = new Arrays(window, rows);

    // When
    Blas alone = new Blas(Team.ALONE);
    Team shared = new Team(2);
    expected.runWithPatches(alone, window);
    arrays.runPrepared(shared, form);

    // Then
    assertThat(largestDifference(arrays.output, expected.output)).isLessThan(ROUNDING);
    assertThat(largestDifference(arrays.kernelGradient, expected.kernelGradient))
        .isLessThan(ROUNDING);
    assertThat(largestDifference(arrays.inputGradient, expected.inputGradient))
        .isLessThan(ROUNDING);
  }

  @Test
  void run_again_givesTheSameBits() {
    // Given
    ConvolutionForm form = ConvolutionForm.of(windows().get(0), FILTERS);
    assumeTrue(form.isFast());
    Arrays first = new Arrays(form.window(), 40);
    Arrays second = new Arrays(form.window(), 40);

    // When
    first.runPrepared(new Team(2), form);
    second.runPrepared(new Team(2), form);

    // Then
    assertThat(second.output.values).isEqualTo(first.output.values);
    assertThat(second.kernelGradient.values).isEqualTo(first.kernelGradient.values);
    assertThat(second.inputGradient.values).isEqualTo(first.inputGradient.values);
  }

  private static double largestDifference(HostBuffer a, HostBuffer b) {
    return IntStream.range(0, a.length())
        .mapToDouble(i -> Math.abs(a.values[i] - b.values[i]))
        .max()
        .orElseThrow();
  }

  private static Window window(WindowAxis height, WindowAxis width, int channels) {
    return new Window(height, width, channels);
  }

  private static WindowAxis axis(
      int input, int size, int stride, int dilation, int padding, int output) {
    return new WindowAxis(input, size, stride, dilation, padding, output);
  }

  /** The arrays that the three operations read and write. */
  private static final class Arrays {
    final int rows;
    final HostBuffer kernel;
    final HostBuffer bias = random(FILTERS, 2);
    final HostBuffer output;
    final HostBuffer kernelGradient;
    final HostBuffer inputGradient;
    final HostMatrix in;
    final HostMatrix out;
    final HostMatrix gradient;
    final HostMatrix inGradient;

    Arrays(Window window, int rows) {
      this.rows = rows;
      int inputs = window.places() * window.channels();
      int outputs = window.positions() * FILTERS;
      kernel = random(window.patchLength() * FILTERS, 1);
      output = new HostBuffer(rows * outputs);
      kernelGradient = new HostBuffer(kernel.length());
      inputGradient = new HostBuffer(rows * inputs);
      in = matrix(random(rows * inputs, 3), 1, inputs);
      out = matrix(output, window.positions(), FILTERS);
      gradient = matrix(random(rows * outputs, 4), window.positions(), FILTERS);
      inGradient = matrix(inputGradient, 1, inputs);
    }

    void runWithPatches(Blas blas, Window window) {
      run(new Convolution(blas, in, window, kernel, bias, out));
      run(new ConvolutionKernelGradient(blas, in, window, gradient, kernelGradient));
      run(new ConvolutionInputGradient(blas, gradient, window, kernel, inGradient));
    }

    void runPrepared(Team team, ConvolutionForm form) {
      run(new PreparedConvolution(team, form, in, kernel, bias, out));
      run(new PreparedKernelGradient(team, form, in, gradient, kernelGradient));
      run(new PreparedInputGradient(team, form, gradient, kernel, inGradient));
    }

    private void run(Call call) {
      call.run(rows);
      call.run(rows);
    }

    private static HostMatrix matrix(HostBuffer buffer, int rowsPerExample, int columns) {
      return HostMatrix.of(Matrix.of(buffer, rowsPerExample, columns));
    }

    private static HostBuffer random(int length, long seed) {
      RandomStream stream = RandomStream.of(seed, 0);
      HostBuffer buffer = new HostBuffer(length);
      for (int i = 0; i < length; i++) {
        buffer.values[i] = (float) stream.normal(i);
      }
      return buffer;
    }
  }
}
