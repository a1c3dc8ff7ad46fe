package io.millrace.cli.tables.rows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as characters. Those that may be UTF-8 are plain ASCII until the first other byte: what
 * follows it shows whether they are UTF-8 or else Windows-1252, which has a character for nearly
 * every byte. Confined to one thread.
 */
final class DecodedText extends Reader {
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final int WINDOW = 1 << 16;

  private final InputStream bytes;
  private final byte[] ascii = new byte[1 << 13];
  private Charset encoding;
  private @Nullable Reader decided;

  /**
   * @param encoding the encoding; UTF-8 if the bytes are still to show it
   */
  DecodedText(InputStream bytes, Charset encoding) {
    this.bytes = bytes;
    this.encoding = encoding;
    if (!encoding.equals(StandardCharsets.UTF_8)) {
      decided = new InputStreamReader(bytes, encoding);
    }
  }

  /** Returns the encoding by what was read so far. */
  Charset encoding() {
    return encoding;
  }

  @Override
  public int read(char[] characters, int from, int count) throws IOException {
    if (decided != null) {
      return decided.read(characters, from, count);
    }
    int read = bytes.read(ascii, 0, Math.min(count, ascii.length));
    for (int i = 0; i < read; i++) {
      if (ascii[i] < 0) {
        decided = decide(i, read);
        return i > 0 ? i : decided.read(characters, from, count);
      }
      characters[from + i] = (char) ascii[i];
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }

  /** Returns the reader of all from {@code ascii[from]} on. */
  private Reader decide(int from, int to) throws IOException {
    byte[] following = bytes.readNBytes(WINDOW);
    byte[] window = new byte[to - from + following.length];
    System.arraycopy(ascii, from, window, 0, to - from);
    System.arraycopy(following, 0, window, to - from, following.length);
    encoding = isUtf8(window, following.length < WINDOW) ? StandardCharsets.UTF_8 : WINDOWS;
    return new InputStreamReader(
        new SequenceInputStream(new ByteArrayInputStream(window), bytes), encoding);
  }

  private static boolean isUtf8(byte[] window, boolean isEnd) {
    CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    CharBuffer characters = CharBuffer.allocate(window.length);
    CoderResult result = utf8.decode(ByteBuffer.wrap(window), characters, isEnd);
    return !result.isError();
  }
}
