package io.millrace.learning.kernels.host.convolution;

import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Team;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A convolution by oneDNN. */
final class PreparedConvolution extends ImageCall {
  private final HostMatrix in;
  private final HostBuffer kernel;
  private final @Nullable HostBuffer bias;
  private final HostMatrix out;
  private final ConvolutionForm form;
  private final List<PreparedImages> parts;

  PreparedConvolution(
      Team team,
      ConvolutionForm form,
      HostMatrix in,
      HostBuffer kernel,
      @Nullable HostBuffer bias,
      HostMatrix out) {
    super(team, out, form.window().patchLength(), form.images(), out.buffer());
    this.in = in;
    this.kernel = kernel;
    this.bias = bias;
    this.out = out;
    this.form = form;
    this.parts = PreparedImages.ofTeam(team, form, PreparedOperation::forward);
  }

  @Override
  void computeImages(int rows, int part, int first, int count, boolean isFirst) {
    PreparedOperation images = parts.get(part).of(count);
    if (isFirst || count < form.images()) {
      images.writeWeights(kernel, bias);
    }
    images.writeInput(in, rows, first);
    images.run();
    images.readOutput(out, rows, first);
  }
}
