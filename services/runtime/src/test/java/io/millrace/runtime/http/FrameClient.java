package io.millrace.runtime.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.handler.codec.http2.Http2Error;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;

/**
 * An HTTP/2 client that on its own only acknowledges settings [1]. The test decides when it answers
 * a PING and whether it obeys a GOAWAY.
 *
 * <p>[1] RFC 9113, HTTP/2, section 6.
 */
final class FrameClient implements AutoCloseable {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GO_AWAY = 7;
  private static final int ACK = 1;
  private static final int END_OF_STREAM = 1;
  private static final int END_OF_HEADERS = 4;

  /** POST, http, / of HPACK's static table. */
  private static final byte[] POST_ROOT = {(byte) 0x83, (byte) 0x86, (byte) 0x84};

  /**
   * HEAD, http, / and the authority x; the first and the last are literals that are not indexed.
   */
  private static final byte[] HEAD_ROOT = {
    2, 4, 'H', 'E', 'A', 'D', (byte) 0x86, (byte) 0x84, 1, 1, 'x'
  };

  private final Socket socket;
  private final DataInputStream in;

  /** Connects and waits until both sides have sent and acknowledged their settings. */
  FrameClient(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(30_000);
    in = new DataInputStream(socket.getInputStream());
    socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    write(SETTINGS, 0, 0, new byte[0]);
    while (!next().equals("SETTINGS acknowledged")) {
      // earlier frames are ignored
    }
  }

  /** Sends a complete request with a body. */
  void request(int stream) throws IOException {
    begin(stream);
    end(stream);
  }

  /** Sends a request's head without its body. */
  void begin(int stream) throws IOException {
    write(HEADERS, END_OF_HEADERS, stream, POST_ROOT);
  }

  /** Sends, in one write, a request without a path and DATA that belongs to no request. */
  void breakTwice(int stream) throws IOException {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    frames.write(frame(HEADERS, END_OF_HEADERS, stream, new byte[] {POST_ROOT[0]}));
    frames.write(frame(DATA, 0, 0, new byte[1]));
    socket.getOutputStream().write(frames.toByteArray());
  }

  /** Sends a complete HEAD request. */
  void head(int stream) throws IOException {
    write(HEADERS, END_OF_HEADERS | END_OF_STREAM, stream, HEAD_ROOT);
  }

  /** Sends the rest of a request's body. */
  void end(int stream) throws IOException {
    write(DATA, END_OF_STREAM, stream, new byte[7]);
  }

  /** Answers a PING that {@link #next} has returned. */
  void answer(String ping) throws IOException {
    write(PING, ACK, 0, ping.substring("PING ".length()).getBytes(US_ASCII));
  }

  /** Returns the next frame in words, or {@code end}. */
  String next() throws IOException {
    byte[] head = new byte[9];
    try {
      in.readFully(head);
    } catch (EOFException e) {
      return "end";
    }
    byte[] payload = new byte[(head[0] & 0xff) << 16 | (head[1] & 0xff) << 8 | head[2] & 0xff];
    in.readFully(payload);
    return switch (head[3]) {
      case SETTINGS -> settings(head[4]);
      case HEADERS -> "HEADERS " + number(head, 5);
      case RST_STREAM -> reset(number(head, 5), Http2Error.valueOf(number(payload, 0)));
      case PING -> "PING " + new String(payload, US_ASCII);
      case GO_AWAY -> "GOAWAY " + number(payload, 0);
      default -> "frame of type " + head[3];
    };
  }

  /**
   * Skips STREAM_CLOSED: the server sends it or not, depending on when the rest of a request
   * arrives.
   */
  private String reset(int stream, Http2Error error) throws IOException {
    return error == Http2Error.STREAM_CLOSED ? next() : "RST_STREAM " + stream + " " + error;
  }

  private String settings(int flags) throws IOException {
    if ((flags & ACK) != 0) {
      return "SETTINGS acknowledged";
    }
    write(SETTINGS, ACK, 0, new byte[0]);
    return "SETTINGS";
  }

  private static int number(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | bytes[at + 3] & 0xff;
  }

  private void write(int type, int flags, int stream, byte[] payload) throws IOException {
    socket.getOutputStream().write(frame(type, flags, stream, payload));
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(frame);
    out.writeByte(payload.length >> 16);
    out.writeShort(payload.length);
    out.writeByte(type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(payload);
    return frame.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
