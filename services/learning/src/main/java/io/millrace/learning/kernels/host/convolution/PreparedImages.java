package io.millrace.learning.kernels.host.convolution;

import io.millrace.learning.kernels.host.memory.Team;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What one thread has prepared for certain numbers of images; each is made when first needed. */
final class PreparedImages {
  private final ConvolutionForm form;
  private final Function<ConvolutionForm, PreparedOperation> maker;
  private final @Nullable PreparedOperation[] made;

  private PreparedImages(ConvolutionForm form, Function<ConvolutionForm, PreparedOperation> maker) {
    this.form = form;
    this.maker = maker;
    this.made = new PreparedOperation[form.images() + 1];
  }

  /** Returns the operation on {@code images} images. */
  PreparedOperation of(int images) {
    PreparedOperation operation = made[images];
    if (operation == null) {
      operation = maker.apply(form.ofImages(images));
      made[images] = operation;
    }
    return operation;
  }

  /**
   * Returns as many as the threads of a team.
   *
   * @param form of the most images
   */
  static List<PreparedImages> ofTeam(
      Team team, ConvolutionForm form, Function<ConvolutionForm, PreparedOperation> maker) {
    return IntStream.range(0, team.size())
        .mapToObj(part -> new PreparedImages(form, maker))
        .toList();
  }
}
