package io.millrace.learning.kernels.host.convolution;

import io.millrace.learning.kernels.Window;
import io.millrace.learning.kernels.WindowAxis;
import io.millrace.learning.kernels.host.memory.Loops;
import java.util.Arrays;

/**
 * Copies between an image and the patches under a window, so that a convolution becomes a matrix
 * product; // [places, channels] <-> [positions, length of a patch].
 *
 * <p>K. Chellapilla, S. Puri, P. Simard, "High Performance Convolutional Neural Networks for
 * Document Processing", 2006.
 */
final class Patches {
  private final Window window;
  private final WindowAxis height;
  private final WindowAxis width;
  private final int channels;

  Patches(Window window) {
    this.window = window;
    this.height = window.height();
    this.width = window.width();
    this.channels = window.channels();
  }

  /** Copies the patches of one image. */
  void gather(float[] image, int imageStart, float[] patches, int patchStart) {
    int patch = patchStart;
    for (int y = 0; y < height.output(); y++) {
      for (int x = 0; x < width.output(); x++) {
        gatherPatch(image, imageStart, y, x, patches, patch);
        patch += window.patchLength();
      }
    }
  }

  private void gatherPatch(
      float[] image, int imageStart, int y, int x, float[] patches, int patch) {
    int rowLength = width.size() * channels;
    for (int i = 0; i < height.size(); i++) {
      int placeY = height.place(y, i);
      int to = patch + i * rowLength;
      if (height.contains(placeY)) {
        gatherRow(image, imageStart + placeY * width.input() * channels, x, patches, to);
      } else {
        Arrays.fill(patches, to, to + rowLength, 0);
      }
    }
  }

  private void gatherRow(float[] image, int rowStart, int x, float[] patches, int patchRow) {
    if (isContiguous(x)) {
      int from = rowStart + width.place(x, 0) * channels;
      copy(image, from, patches, patchRow, width.size() * channels);
      return;
    }
    for (int j = 0; j < width.size(); j++) {
      int placeX = width.place(x, j);
      int to = patchRow + j * channels;
      if (width.contains(placeX)) {
        copy(image, rowStart + placeX * channels, patches, to, channels);
      } else {
        Arrays.fill(patches, to, to + channels, 0);
      }
    }
  }

  /** Adds patches to the image that they cover. */
  void scatter(float[] patches, int patchStart, float[] image, int imageStart) {
    int patch = patchStart;
    for (int y = 0; y < height.output(); y++) {
      for (int x = 0; x < width.output(); x++) {
        scatterPatch(patches, patch, image, imageStart, y, x);
        patch += window.patchLength();
      }
    }
  }

  private void scatterPatch(
      float[] patches, int patch, float[] image, int imageStart, int y, int x) {
    int rowLength = width.size() * channels;
    for (int i = 0; i < height.size(); i++) {
      int placeY = height.place(y, i);
      if (height.contains(placeY)) {
        int rowStart = imageStart + placeY * width.input() * channels;
        scatterRow(patches, patch + i * rowLength, image, rowStart, x);
      }
    }
  }

  private void scatterRow(float[] patches, int patchRow, float[] image, int rowStart, int x) {
    if (isContiguous(x)) {
      int to = rowStart + width.place(x, 0) * channels;
      Loops.add(patches, patchRow, image, to, width.size() * channels);
      return;
    }
    for (int j = 0; j < width.size(); j++) {
      int placeX = width.place(x, j);
      if (width.contains(placeX)) {
        Loops.add(patches, patchRow + j * channels, image, rowStart + placeX * channels, channels);
      }
    }
  }

  /** Returns whether a row of a patch is one contiguous range of a row of the image. */
  private boolean isContiguous(int x) {
    return width.dilation() == 1
        && width.contains(width.place(x, 0))
        && width.contains(width.place(x, width.size() - 1));
  }

  private static void copy(float[] from, int fromStart, float[] to, int toStart, int length) {
    if (length > 16) {
      System.arraycopy(from, fromStart, to, toStart, length);
      return;
    }
    for (int i = 0; i < length; i++) {
      to[toStart + i] = from[fromStart + i];
    }
  }
}
