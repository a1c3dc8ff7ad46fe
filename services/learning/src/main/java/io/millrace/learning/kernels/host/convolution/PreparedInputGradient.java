package io.millrace.learning.kernels.host.convolution;

import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.Team;
import java.util.List;

/** The gradient of a convolution's input by oneDNN. */
final class PreparedInputGradient extends ImageCall {
  private final HostMatrix gradient;
  private final HostBuffer kernel;
  private final HostMatrix inGradient;
  private final ConvolutionForm form;
  private final List<PreparedImages> parts;

  PreparedInputGradient(
      Team team,
      ConvolutionForm form,
      HostMatrix gradient,
      HostBuffer kernel,
      HostMatrix inGradient) {
    super(team, gradient, form.window().patchLength(), form.images(), inGradient.buffer());
    this.gradient = gradient;
    this.kernel = kernel;
    this.inGradient = inGradient;
    this.form = form;
    this.parts = PreparedImages.ofTeam(team, form, PreparedOperation::inputGradient);
  }

  @Override
  void computeImages(int rows, int part, int first, int count, boolean isFirst) {
    PreparedOperation images = parts.get(part).of(count);
    if (isFirst || count < form.images()) {
      images.writeWeights(kernel, null);
    }
    images.writeOutput(gradient, rows, first);
    images.run();
    images.readInput(inGradient, rows, first);
  }
}
