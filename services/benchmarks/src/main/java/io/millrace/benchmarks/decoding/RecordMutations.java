package io.millrace.benchmarks.decoding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Damages valid records: bytes lost, doubled or replaced, lengths and numbers out of range, texts
 * in other encodings, deep nesting, and records that are empty or far too large. Confined to one
 * thread.
 */
final class RecordMutations {
  private static final int LARGE = 256 * 1024;
  private static final int ONE_OF_LARGE = 2000;
  private static final int DEEPEST = 5000;

  /** The pieces that replace a part of a record. */
  private static final List<byte[]> PIECES =
      List.of(
          bytes("1e999999999"),
          bytes("-0.0"),
          bytes("NaN"),
          bytes("9".repeat(400)),
          bytes("0." + "1".repeat(400)),
          bytes("9007199254740993"),
          bytes("253402300800000"), // the year 10000, in milliseconds
          bytes("-62135596800001"), // before the year 1
          bytes("\"\ud83d\ude00\u200d\u0301\""),
          bytes("null"),
          bytes("{}"),
          bytes("\u0000"),
          bytes("\ufeff"),
          new byte[] {(byte) 0xc0, (byte) 0x80}, // an overlong NUL
          new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, // half of a surrogate pair
          new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80}, // beyond U+10FFFF
          varint(Integer.MAX_VALUE),
          varint(Long.MIN_VALUE),
          new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1});

  private final Random random;

  RecordMutations(Random random) {
    this.random = random;
  }

  /** Returns a damaged copy. */
  byte[] of(byte[] valid) {
    byte[] bytes = valid.clone();
    for (int times = 1 + random.nextInt(4); times > 0 && bytes.length > 0; times--) {
      bytes = once(bytes);
    }
    return bytes;
  }

  /** Returns a record's timestamp, occasionally one that no clock would produce. */
  long time(long right) {
    return switch (random.nextInt(64)) {
      case 0 -> Long.MAX_VALUE;
      case 1 -> -1;
      case 2 -> 0;
      case 3 -> right + (long) 1e12;
      case 4 -> random.nextLong();
      default -> right;
    };
  }

  private byte[] once(byte[] bytes) {
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(12)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> spliced(bytes, at, new byte[0], at + 1);
      case 2 -> spliced(bytes, at, new byte[0], Math.max(0, at - random.nextInt(8)));
      case 3, 4 -> spliced(bytes, at, piece(), Math.min(bytes.length, at + random.nextInt(8)));
      case 5 -> encoded(bytes);
      case 6 -> spliced(bytes, at, nested(), at);
      case 7 -> random.nextInt(ONE_OF_LARGE) == 0 ? large(bytes, at) : bytes;
      default -> {
        bytes[at] = (byte) random.nextInt();
        yield bytes;
      }
    };
  }

  private byte[] piece() {
    return PIECES.get(random.nextInt(PIECES.size()));
  }

  /** Returns the record as a text in another encoding, or marked as one. */
  private byte[] encoded(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    return switch (random.nextInt(4)) {
      case 0 -> text.getBytes(UTF_16LE);
      case 1 -> text.getBytes(UTF_16BE);
      case 2 -> text.replace('a', '\u00e9').getBytes(ISO_8859_1);
      default -> ("\ufeff" + text).getBytes(UTF_8);
    };
  }

  /** Returns nested lists or objects of JSON, or nested messages of the binary formats. */
  private byte[] nested() {
    int depth = random.nextInt(16) == 0 ? DEEPEST : 1 + random.nextInt(8);
    return switch (random.nextInt(3)) {
      case 0 -> bytes("[".repeat(depth));
      case 1 -> bytes("{\"field_1\":".repeat(depth));
      default -> {
        byte[] messages = new byte[2 * depth];
        for (int i = 0; i < depth; i++) {
          messages[2 * i] = 0x0a; // field 1, a message
          messages[2 * i + 1] = (byte) Math.min(127, 2 * (depth - i - 1));
        }
        yield messages;
      }
    };
  }

  private byte[] large(byte[] bytes, int at) {
    byte[] filling = new byte[LARGE];
    Arrays.fill(filling, bytes[at]);
    return spliced(bytes, at, filling, at);
  }

  private static byte[] spliced(byte[] bytes, int end, byte[] between, int resume) {
    byte[] result = Arrays.copyOf(bytes, end + between.length + bytes.length - resume);
    System.arraycopy(between, 0, result, end, between.length);
    System.arraycopy(bytes, resume, result, end + between.length, bytes.length - resume);
    return result;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] varint(long value) {
    byte[] bytes = new byte[10];
    int length = 0;
    for (long rest = value; rest != 0 || length == 0; rest >>>= 7) {
      bytes[length++] = (byte) (rest >>> 7 == 0 ? rest & 0x7f : rest & 0x7f | 0x80);
    }
    return Arrays.copyOf(bytes, length);
  }
}
