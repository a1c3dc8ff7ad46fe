package io.millrace.runtime.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.Locale;

/** An HTTP/1.1 client that sends exactly the given bytes. */
public final class Conversation implements AutoCloseable {
  private final Socket socket;

  public Conversation(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(30_000);
    socket.setTcpNoDelay(true);
  }

  public Conversation send(String text) throws IOException {
    return send(text.getBytes(ISO_8859_1));
  }

  public Conversation send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Returns the next answer, head and body; empty if the connection has ended. */
  public String answer() throws IOException {
    String head = head();
    int length = contentLength(head);
    return head + new String(socket.getInputStream().readNBytes(length), ISO_8859_1);
  }

  /** Returns the head of the next answer, without its body; empty if the connection has ended. */
  public String head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = read(in);
      if (next < 0) {
        return head.toString(ISO_8859_1);
      }
      head.write(next);
    }
    return head.toString(ISO_8859_1);
  }

  /** Returns the body of the answer whose head {@link #head} returned. */
  public InputStream body(String head) throws IOException {
    return new ByteArrayInputStream(socket.getInputStream().readNBytes(contentLength(head)));
  }

  /** Returns whether bytes have arrived. */
  public boolean hasAnswer() throws IOException {
    return socket.getInputStream().available() > 0;
  }

  /** Returns whether the connection ends without further bytes. */
  public boolean hasEnded() throws IOException {
    return read(socket.getInputStream()) < 0;
  }

  private static int read(InputStream in) throws IOException {
    try {
      return in.read();
    } catch (SocketException e) {
      return -1; // closed while we wrote
    }
  }

  private static int contentLength(String head) {
    for (String line : head.toLowerCase(Locale.ROOT).split("\r\n")) {
      if (line.startsWith("content-length: ")) {
        return Integer.parseInt(line.substring("content-length: ".length()));
      }
    }
    return 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
