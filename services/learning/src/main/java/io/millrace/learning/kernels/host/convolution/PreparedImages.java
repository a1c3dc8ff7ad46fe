package io.millrace.learning.kernels.host.convolution;

import io.millrace.learning.kernels.host.memory.Team;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One thread's prepared operations by number of images. Each is made when first needed.
 *
 * @param <T> an operation on a fixed number of images
 */
final class PreparedImages<T> {
  private final IntFunction<T> maker;
  private final List<@Nullable T> made;

  private PreparedImages(int capacity, IntFunction<T> maker) {
    this.maker = maker;
    this.made = new ArrayList<>(Collections.nCopies(capacity + 1, null));
  }

  /** Returns the operation on {@code images} images. */
  T of(int images) {
    T operation = made.get(images);
    if (operation == null) {
      operation = maker.apply(images);
      made.set(images, operation);
    }
    return operation;
  }

  /** Returns one instance for each thread of a team. */
  static <T> List<PreparedImages<T>> ofTeam(Team team, int capacity, IntFunction<T> maker) {
    return IntStream.range(0, team.size())
        .mapToObj(part -> new PreparedImages<>(capacity, maker))
        .toList();
  }
}
