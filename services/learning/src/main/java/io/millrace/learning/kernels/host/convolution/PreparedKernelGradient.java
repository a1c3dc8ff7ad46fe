package io.millrace.learning.kernels.host.convolution;

import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Loops;
import io.millrace.learning.kernels.host.memory.Team;
import java.util.Arrays;
import java.util.List;

/**
 * The gradient of a convolution's kernel by oneDNN, a few images at a time. Each thread sums its
 * own images; the threads' sums are added at the end.
 */
final class PreparedKernelGradient extends ImageCall {
  private final HostMatrix in;
  private final HostMatrix gradient;
  private final HostBuffer kernelGradient;
  private final List<PreparedImages> parts;
  private final float[][] terms;
  private final float[][] sums;

  PreparedKernelGradient(
      Team team,
      ConvolutionForm form,
      HostMatrix in,
      HostMatrix gradient,
      HostBuffer kernelGradient) {
    super(team, gradient, form.window().patchLength(), form.images(), kernelGradient);
    this.in = in;
    this.gradient = gradient;
    this.kernelGradient = kernelGradient;
    this.parts = PreparedImages.ofTeam(team, form, PreparedOperation::kernelGradient);
    this.terms = new float[team.size()][kernelGradient.length()];
    this.sums = new float[team.size()][kernelGradient.length()];
  }

  @Override
  protected void prepare(int rows) {
    for (float[] sum : sums) {
      Arrays.fill(sum, 0);
    }
  }

  @Override
  void computeImages(int rows, int part, int first, int count, boolean isFirst) {
    PreparedOperation images = parts.get(part).of(count);
    images.writeInput(in, rows, first);
    images.writeOutput(gradient, rows, first);
    images.run();
    images.readKernel(terms[part]);
    Loops.add(terms[part], 0, sums[part], 0, terms[part].length);
  }

  @Override
  protected void finish(int rows) {
    for (int part = 1; part < sums.length; part++) {
      Loops.add(sums[part], 0, sums[0], 0, sums[0].length);
    }
    System.arraycopy(sums[0], 0, kernelGradient.values, kernelGradient.offset, sums[0].length);
  }
}
