package io.millrace.cli.tables.rows;

import io.millrace.cli.failures.CommandFailedException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file as characters: unpacked if it begins as gzip does, and decoded by the encoding that its
 * bytes show. Every failure is a {@link CommandFailedException} with one sentence. Confined to one
 * thread.
 */
final class TextFile extends Reader {
  private static final int HEAD = 1 << 16;
  private static final int GZIP = 0x8b1f; // as its two bytes are, the low one first

  private final Path file;
  private final boolean isPacked;
  private final DecodedText text;

  private TextFile(Path file, boolean isPacked, DecodedText text) {
    this.file = file;
    this.isPacked = isPacked;
    this.text = text;
  }

  /**
   * Opens a file.
   *
   * @throws CommandFailedException if there is none, or it is no text
   */
  static TextFile open(Path file) {
    if (Files.isDirectory(file)) {
      throw new CommandFailedException(file + " is a folder; name a file in it");
    }
    try {
      return opened(file, new BufferedInputStream(Files.newInputStream(file), HEAD));
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  private static TextFile opened(Path file, InputStream raw) throws IOException {
    try {
      boolean isPacked = isPacked(raw);
      InputStream bytes = isPacked ? new GZIPInputStream(raw, HEAD) : raw;
      byte[] head = bytes.readNBytes(HEAD);
      if (head.length == 0) {
        throw new CommandFailedException(
            file + " is empty; a CSV file with a header, JSON lines or a JSON array are needed");
      }
      InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), bytes);
      Charset marked = ByteOrder.of(head, whole);
      ForeignFiles.refuse(file, head, marked);
      return new TextFile(file, isPacked, new DecodedText(whole, marked));
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  private static boolean isPacked(InputStream raw) throws IOException {
    raw.mark(2);
    boolean isPacked = (raw.read() | raw.read() << 8) == GZIP;
    raw.reset();
    return isPacked;
  }

  /** Returns whether it is packed by gzip. */
  boolean isPacked() {
    return isPacked;
  }

  /** Returns the encoding by what was read so far. */
  Charset encoding() {
    return text.encoding();
  }

  @Override
  public int read(char[] characters, int from, int count) {
    try {
      return text.read(characters, from, count);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /** Returns the first characters, as many or all there are. */
  String head(int count) {
    char[] characters = new char[count];
    int length = 0;
    for (int read = 0; read >= 0 && length < count; length += Math.max(0, read)) {
      read = read(characters, length, count - length);
    }
    return new String(characters, 0, length);
  }

  @Override
  public void close() {
    try {
      text.close();
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  private static CommandFailedException failure(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new CommandFailedException(file + " does not exist");
    }
    if (e instanceof AccessDeniedException) {
      return new CommandFailedException(file + " cannot be read: access is denied");
    }
    if (e instanceof EOFException || e instanceof ZipException) {
      return new CommandFailedException(
          file + " is damaged: its gzip data end too early or are wrong; copy it again");
    }
    return new CommandFailedException(file + " cannot be read: " + e.getMessage());
  }

  /** Encodings that the first bytes show. */
  private static final class ByteOrder {
    private static final int PAIRS = 2048;

    /** Returns the encoding, and passes over its mark; UTF-8 where there is no other sign. */
    static Charset of(byte[] head, InputStream bytes) throws IOException {
      if (begins(head, 0xef, 0xbb, 0xbf)) {
        bytes.skipNBytes(3);
        return StandardCharsets.UTF_8;
      }
      if (begins(head, 0xff, 0xfe)) {
        bytes.skipNBytes(2);
        return StandardCharsets.UTF_16LE;
      }
      if (begins(head, 0xfe, 0xff)) {
        bytes.skipNBytes(2);
        return StandardCharsets.UTF_16BE;
      }
      return unmarked(head);
    }

    /**
     * Returns the encoding of a text that is plain enough to have a zero in most pairs of bytes.
     */
    private static Charset unmarked(byte[] head) {
      int pairs = Math.min(PAIRS, head.length / 2);
      int first = 0;
      int second = 0;
      for (int i = 0; i < pairs; i++) {
        first += head[2 * i] == 0 ? 1 : 0;
        second += head[2 * i + 1] == 0 ? 1 : 0;
      }
      if (first == 0 && second > pairs / 2) {
        return StandardCharsets.UTF_16LE;
      }
      return second == 0 && first > pairs / 2 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
    }

    private static boolean begins(byte[] head, int... mark) {
      for (int i = 0; i < mark.length; i++) {
        if (i >= head.length || (head[i] & 0xff) != mark[i]) {
          return false;
        }
      }
      return true;
    }
  }
}
