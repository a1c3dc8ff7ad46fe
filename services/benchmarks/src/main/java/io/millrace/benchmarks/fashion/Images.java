package io.millrace.benchmarks.fashion;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Labelled images in MNIST's format, IDX: big-endian dimensions, then one byte per value.
 *
 * @param pixels from 0 to 1, {@code [count, size]}
 * @param labels {@code [count]}
 * @param size the number of pixels of an image
 */
record Images(float[] pixels, float[] labels, int size) {
  private static final int BYTES_OF_RANK_ONE = 0x801;
  private static final int BYTES_OF_RANK_THREE = 0x803;

  /**
   * Reads the training or the test images.
   *
   * @param half {@code train} or {@code t10k}
   */
  static Images read(Path folder, String half) throws IOException {
    try (DataInputStream images = open(folder.resolve(half + "-images-idx3-ubyte.gz"));
        DataInputStream labels = open(folder.resolve(half + "-labels-idx1-ubyte.gz"))) {
      require(images.readInt() == BYTES_OF_RANK_THREE && labels.readInt() == BYTES_OF_RANK_ONE);
      int count = images.readInt();
      int size = images.readInt() * images.readInt();
      require(labels.readInt() == count);
      return new Images(bytes(images, count * size, 255), bytes(labels, count, 1), size);
    }
  }

  int count() {
    return labels.length;
  }

  /** Copies an image and its label to a row of a batch. */
  void copy(int image, float[] pixelRows, float[] labelRows, int row) {
    System.arraycopy(pixels, image * size, pixelRows, row * size, size);
    labelRows[row] = labels[image];
  }

  private static DataInputStream open(Path file) throws IOException {
    return new DataInputStream(
        new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file))));
  }

  private static float[] bytes(DataInputStream in, int count, float most) throws IOException {
    byte[] bytes = in.readNBytes(count);
    require(bytes.length == count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (bytes[i] & 0xff) / most;
    }
    return values;
  }

  private static void require(boolean isAsExpected) throws IOException {
    if (!isAsExpected) {
      throw new IOException("These are not images and labels in IDX format");
    }
  }
}
