package io.millrace.learning.kernels.host.convolution;

import io.millrace.learning.kernels.Window;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.NativeArray;
import io.millrace.learning.kernels.host.memory.Team;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The patches of a few images, as many as fit into the processor's cache, on the heap and in native
 * memory. Belongs to one thread.
 */
final class PatchBatch {
  private static final int CACHED_VALUES = 1 << 16;

  private final Window window;
  private final Patches patches;
  private final int imageLength;
  private final int patchesLength;
  private final float[] values;
  private final NativeArray natives;

  PatchBatch(Window window) {
    this.window = window;
    this.patches = new Patches(window);
    this.imageLength = window.places() * window.channels();
    this.patchesLength = window.positions() * window.patchLength();
    this.values = new float[capacity(window) * patchesLength];
    this.natives = new NativeArray(values.length, 1);
  }

  /** Returns how many images fit. */
  static int capacity(Window window) {
    return Math.max(1, CACHED_VALUES / (window.positions() * window.patchLength()));
  }

  /** Returns the number of patches of {@code count} images. */
  int rows(int count) {
    return count * window.positions();
  }

  /** Returns the number of values of a patch. */
  int columns() {
    return window.patchLength();
  }

  /** Returns the patches in native memory; // [images * positions, length of a patch]. */
  FloatPointer natives() {
    return natives.from(0, 0);
  }

  /** Copies the patches of {@code count} images; the batch begins at the start of its buffer. */
  void gather(HostMatrix images, int first, int count) {
    for (int i = 0; i < count; i++) {
      int image = images.buffer().offset + (first + i) * imageLength;
      patches.gather(images.values(), image, values, i * patchesLength);
    }
    natives.write(0, values, 0, count * patchesLength);
  }

  /** Sets images to the sums of their patches, which are read from native memory. */
  void scatter(HostMatrix images, int first, int count) {
    natives.read(0, values, 0, count * patchesLength);
    for (int i = 0; i < count; i++) {
      int image = images.buffer().offset + (first + i) * imageLength;
      Arrays.fill(images.values(), image, image + imageLength, 0);
      patches.scatter(values, i * patchesLength, images.values(), image);
    }
  }

  /** Returns one instance for each thread of a team. */
  static PatchBatch[] ofTeam(Team team, Window window) {
    PatchBatch[] batches = new PatchBatch[team.size()];
    Arrays.setAll(batches, part -> new PatchBatch(window));
    return batches;
  }
}
