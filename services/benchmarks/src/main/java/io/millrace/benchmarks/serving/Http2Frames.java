package io.millrace.benchmarks.serving;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/**
 * The bytes of unary gRPC calls on one HTTP/2 connection [1]. All calls are the same except for the
 * stream number, so sending one is a copy.
 *
 * <p>[1] RFC 9113, HTTP/2, and RFC 7541, HPACK; gRPC over HTTP2, grpc/doc/PROTOCOL-HTTP2.md.
 */
final class Http2Frames {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GO_AWAY = 7;
  static final int WINDOW_UPDATE = 8;

  static final int END_STREAM = 1;
  static final int ACK = 1;
  static final int END_HEADERS = 4;
  static final int PRIORITY = 0x20;
  static final int PRIORITY_BYTES = 5;
  static final int HEAD_BYTES = 9;
  static final int LARGEST_WINDOW = Integer.MAX_VALUE;
  static final int FIRST_WINDOW = 65_535;

  private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);

  /** Indexes into the static table, then into the dynamic entries that the first request added. */
  private static final byte[] LATER_HEADERS = {
    (byte) 0x83,
    (byte) 0x86,
    (byte) (0x80 | 65),
    (byte) (0x80 | 64),
    (byte) (0x80 | 63),
    (byte) (0x80 | 62)
  };

  private Http2Frames() {}

  /** Returns the client's first bytes: no server push, and windows that never close. */
  static ByteBuffer greeting() {
    ByteBuffer bytes = ByteBuffer.allocate(128).put(PREFACE);
    head(bytes, 12, SETTINGS, 0, 0);
    bytes.putShort((short) 2).putInt(0);
    bytes.putShort((short) 4).putInt(LARGEST_WINDOW);
    windowUpdate(bytes, LARGEST_WINDOW - FIRST_WINDOW);
    return bytes.flip();
  }

  static void windowUpdate(ByteBuffer bytes, int increment) {
    head(bytes, 4, WINDOW_UPDATE, 0, 0);
    bytes.putInt(increment);
  }

  static void settingsAck(ByteBuffer bytes) {
    head(bytes, 0, SETTINGS, ACK, 0);
  }

  static void pong(ByteBuffer bytes, byte[] opaque) {
    head(bytes, opaque.length, PING, ACK, 0);
    bytes.put(opaque);
  }

  /** Returns the first request's headers, which the server adds to its dynamic table. */
  static byte[] firstHeaders(String path, String authority) {
    ByteBuffer block = ByteBuffer.allocate(512);
    block.put((byte) 0x83).put((byte) 0x86);
    indexed(block, 4, path);
    indexed(block, 1, authority);
    block.put((byte) 0x40);
    text(block, "te");
    text(block, "trailers");
    indexed(block, 31, "application/grpc");
    byte[] bytes = new byte[block.flip().remaining()];
    block.get(bytes);
    return bytes;
  }

  static byte[] laterHeaders() {
    return LATER_HEADERS;
  }

  /** Writes one call: its headers, and its message in one DATA frame. */
  static void call(ByteBuffer bytes, int stream, byte[] headers, byte[] message) {
    head(bytes, headers.length, HEADERS, END_HEADERS, stream);
    bytes.put(headers);
    head(bytes, 5 + message.length, DATA, END_STREAM, stream);
    bytes.put((byte) 0).putInt(message.length).put(message);
  }

  private static void head(ByteBuffer bytes, int length, int type, int flags, int stream) {
    bytes.put((byte) (length >> 16)).putShort((short) length);
    bytes.put((byte) type).put((byte) flags).putInt(stream);
  }

  private static void indexed(ByteBuffer block, int nameIndex, String value) {
    block.put((byte) (0x40 | nameIndex));
    text(block, value);
  }

  private static void text(ByteBuffer block, String value) {
    block.put((byte) value.length()).put(value.getBytes(US_ASCII));
  }
}
