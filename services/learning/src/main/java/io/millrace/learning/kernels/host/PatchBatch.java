package io.millrace.learning.kernels.host;

import io.millrace.learning.kernels.Window;
import java.util.Arrays;

/** The patches of a few images: as many as fit into the processor's cache. */
final class PatchBatch {
  private static final int CACHED_VALUES = 1 << 16;

  private final Window window;
  private final Patches patches;
  private final int imageLength;
  private final int patchesLength;
  private final int capacity;
  private final HostBuffer buffer;

  PatchBatch(Window window) {
    this.window = window;
    this.patches = new Patches(window);
    this.imageLength = window.places() * window.channels();
    this.patchesLength = window.positions() * window.patchLength();
    this.capacity = Math.max(1, CACHED_VALUES / patchesLength);
    this.buffer = new HostBuffer(capacity * patchesLength);
  }

  Window window() {
    return window;
  }

  /** Returns how many images fit. */
  int capacity() {
    return capacity;
  }

  /** Returns the patches, one a row. */
  HostMatrix matrix() {
    return new HostMatrix(buffer, 0, window.positions(), window.patchLength());
  }

  /** Copies the patches of images of a batch that begins at the start of its buffer. */
  void gather(HostMatrix images, int first, int count) {
    for (int i = 0; i < count; i++) {
      int image = images.buffer().offset + (first + i) * imageLength;
      patches.gather(images.values(), image, buffer.values, i * patchesLength);
    }
    buffer.written();
  }

  /** Sets images to the sums of the patches that cover them. */
  void scatter(HostMatrix images, int first, int count) {
    for (int i = 0; i < count; i++) {
      int image = images.buffer().offset + (first + i) * imageLength;
      Arrays.fill(images.values(), image, image + imageLength, 0);
      patches.scatter(buffer.values, i * patchesLength, images.values(), image);
    }
  }
}
