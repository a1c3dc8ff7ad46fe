package io.millrace.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Frames of HTTP/2 (RFC 9113, 4.1), valid or not. */
final class Http2Bytes {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;
  static final int HEADER_BYTES = 9;

  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  private Http2Bytes() {}

  /** Returns the client's connection preface. Each setting has six bytes. */
  static Buffer preface(Buffer settings) {
    return Buffer.buffer(PREFACE).appendBuffer(frame(SETTINGS, 0, 0, settings));
  }

  static Buffer frame(int type, int flags, int stream, Buffer payload) {
    return Buffer.buffer()
        .appendMedium(payload.length())
        .appendByte((byte) type)
        .appendByte((byte) flags)
        .appendInt(stream)
        .appendBuffer(payload);
  }

  /** Returns header fields as never-indexed literals (RFC 7541, 6.2.3). */
  static Buffer fields(List<String> namesAndValues) {
    Buffer block = Buffer.buffer();
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      block.appendByte((byte) 0x10);
      append(block, namesAndValues.get(i));
      append(block, namesAndValues.get(i + 1));
    }
    return block;
  }

  private static void append(Buffer block, String text) {
    int length = text.length();
    if (length < 127) {
      block.appendByte((byte) length);
    } else {
      block.appendByte((byte) 127);
      int rest = length - 127;
      for (; rest >= 128; rest >>= 7) {
        block.appendByte((byte) (rest & 127 | 128));
      }
      block.appendByte((byte) rest);
    }
    block.appendBytes(text.getBytes(ISO_8859_1));
  }

  /** Returns whether a stream has ended or was reset. */
  static boolean isOver(Buffer heard, int stream) {
    int at = 0;
    while (at + HEADER_BYTES <= heard.length()) {
      int length = heard.getUnsignedMedium(at);
      int type = heard.getByte(at + 3);
      int flags = heard.getByte(at + 4);
      boolean ofStream = heard.getInt(at + 5) == stream;
      if (at + HEADER_BYTES + length > heard.length()) {
        return false;
      }
      boolean ends = (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
      if (ofStream && (ends || type == RST_STREAM)) {
        return true;
      }
      at += HEADER_BYTES + length;
    }
    return false;
  }
}
