package io.millrace.checkpoints;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.checkpoints.failures.CheckpointFormatException;
import io.millrace.checkpoints.manifest.SummaryCodec;
import io.millrace.checkpoints.parts.ChunkOutput;
import io.millrace.checkpoints.parts.PartContent;
import io.millrace.checkpoints.parts.PartDecoder;
import io.millrace.checkpoints.parts.PartEncoder;
import io.millrace.checkpoints.parts.Sha256;
import io.millrace.proto.checkpoints.v1.CheckpointMessages.VersionFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A version as one file: definition, weights, statistics of preprocessing and provenance, bit for
 * bit. What only resuming needs is not in it, since that holds records. The file is {@code
 * MILLRACE}, the SHA-256 of the rest, and the protobuf message {@code VersionFile}.
 */
public final class CheckpointFile {
  private static final byte[] MARK = "MILLRACE".getBytes(US_ASCII);
  private static final int DIGEST_BYTES = 32;
  private static final int FORMAT_VERSION = 1;
  private static final int CHUNK_BYTES = 1 << 16;

  private CheckpointFile() {}

  /** Writes a version. Equal versions give equal bytes. */
  public static void write(Checkpoint checkpoint, OutputStream target) throws IOException {
    ByteString.Output weights = ByteString.newOutput();
    ChunkOutput output =
        new ChunkOutput(
            new byte[CHUNK_BYTES],
            Integer.MAX_VALUE,
            (index, chunk) -> weights.write(chunk, 0, chunk.length));
    new PartEncoder(output).encode(new PartContent(checkpoint.definition(), checkpoint.weights()));
    output.finish();
    byte[] message =
        VersionFile.newBuilder()
            .setFormatVersion(FORMAT_VERSION)
            .setModel(checkpoint.model())
            .setVersion(checkpoint.version())
            .setSummary(SummaryCodec.encode(checkpoint.summary()))
            .setWeights(weights.toByteString())
            .build()
            .toByteArray();
    target.write(MARK);
    target.write(HexFormat.of().parseHex(Sha256.of(message)));
    target.write(message);
  }

  /** Returns whether a file begins as such a file does. */
  public static boolean isOne(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      return Arrays.equals(content.readNBytes(MARK.length), MARK);
    }
  }

  /**
   * Reads a version, without the state that resuming needs.
   *
   * @throws CheckpointFormatException if the file is cut short or altered, or of a newer version
   */
  public static Checkpoint read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int start = MARK.length + DIGEST_BYTES;
    if (bytes.length < start || !Arrays.equals(bytes, 0, MARK.length, MARK, 0, MARK.length)) {
      throw new CheckpointFormatException(file + " is no version of a model", null);
    }
    byte[] message = Arrays.copyOfRange(bytes, start, bytes.length);
    String expected = HexFormat.of().formatHex(bytes, MARK.length, start);
    if (!Sha256.of(message).equals(expected)) {
      throw new CheckpointFormatException(
          file + " is cut short or altered: it does not have its own SHA-256", null);
    }
    try {
      return checkpoint(file, VersionFile.parseFrom(message));
    } catch (InvalidProtocolBufferException | ArithmeticException | DateTimeException e) {
      throw new CheckpointFormatException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Checkpoint checkpoint(Path file, VersionFile message) {
    if (message.getFormatVersion() != FORMAT_VERSION) {
      throw new CheckpointFormatException(
          "%s has format version %d; this Millrace reads version %d"
              .formatted(file, message.getFormatVersion(), FORMAT_VERSION),
          null);
    }
    PartContent content =
        new PartDecoder("the weights part of " + file).decode(message.getWeights().toByteArray());
    return new Checkpoint(
        message.getModel(),
        message.getVersion(),
        content.definition(),
        content.entries(),
        null,
        SummaryCodec.decode(message.getSummary()));
  }
}
