package io.millrace.trainer.tensorboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * A picture of rectangles and small texts, as a PNG file. Java's own pictures need java.desktop and
 * fonts, which images of services do not carry.
 */
final class Picture {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int CHANNELS = 3;
  private static final byte BITS = 8;
  private static final byte TRUE_COLOR = 2;

  private final int width;
  private final int height;
  private final int[] pixels; // 0xRRGGBB

  Picture(int width, int height, int background) {
    this.width = width;
    this.height = height;
    pixels = new int[width * height];
    Arrays.fill(pixels, background);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  void fill(int left, int top, int wide, int high, int color) {
    int from = Math.max(0, left);
    int to = Math.max(from, Math.min(width, left + wide));
    for (int y = Math.max(0, top); y < Math.min(height, top + high); y++) {
      Arrays.fill(pixels, y * width + from, y * width + to, color);
    }
  }

  /** Writes a text whose upper left corner is here. */
  void write(String text, int left, int top, int color) {
    for (int i = 0; i < text.length(); i++) {
      for (int row = 0; row < Letters.HEIGHT; row++) {
        for (int column = 0; column < Letters.WIDTH; column++) {
          if (Letters.isSet(text.charAt(i), column, row)) {
            fill(left + i * Letters.ADVANCE + column, top + row, 1, 1, color);
          }
        }
      }
    }
  }

  /** Returns the file (PNG, ISO/IEC 15948). */
  byte[] png() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put(BITS).put(TRUE_COLOR); // then deflate, the five filters, no interlacing
    chunk(file, "IHDR", header.array());
    chunk(file, "IDAT", deflated());
    chunk(file, "IEND", new byte[0]);
    return file.toByteArray();
  }

  private byte[] deflated() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater fast = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream lines = new DeflaterOutputStream(bytes, fast)) {
      byte[] line = new byte[1 + width * CHANNELS]; // the first byte: no filter
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int color = pixels[y * width + x];
          line[1 + x * CHANNELS] = (byte) (color >> 16);
          line[2 + x * CHANNELS] = (byte) (color >> 8);
          line[3 + x * CHANNELS] = (byte) color;
        }
        lines.write(line);
      }
    } catch (IOException e) {
      throw new IllegalStateException("memory takes all bytes", e);
    } finally {
      fast.end();
    }
    return bytes.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    file.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(data.length).array());
    file.writeBytes(name);
    file.writeBytes(data);
    file.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array());
  }
}
