package io.millrace.checkpoints.manifest;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.checkpoints.failures.CheckpointFormatException;
import io.millrace.proto.checkpoints.v1.CheckpointMessages;
import java.time.DateTimeException;

/**
 * Encodes a manifest as the protobuf message of the same name, and decodes it. Safe for any thread.
 */
public final class ManifestCodec {
  static final int FORMAT_VERSION = 1;

  /** Leaves room for counting terms and versions on from a decoded value. */
  private static final long MOST_TURNS = Long.MAX_VALUE / 2;

  private ManifestCodec() {}

  public static byte[] encode(Manifest manifest) {
    CheckpointMessages.Manifest.Builder message =
        CheckpointMessages.Manifest.newBuilder()
            .setFormatVersion(FORMAT_VERSION)
            .setModel(manifest.model())
            .setLatest(manifest.latestVersion())
            .setChampion(manifest.championVersion())
            .setPredecessor(manifest.predecessorVersion())
            .setLine(manifest.lineage().line())
            .setTerm(manifest.lineage().term())
            .setChunksTopicId(manifest.lineage().chunksTopicId());
    manifest.checkpoints().forEach(stored -> message.addCheckpoints(encode(stored)));
    return message.build().toByteArray();
  }

  /**
   * @throws CheckpointFormatException if the bytes are not a manifest, are of a newer version, or
   *     have impossible values
   */
  public static Manifest decode(byte[] bytes) {
    try {
      return decode(CheckpointMessages.Manifest.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new CheckpointFormatException(
          "the manifest is cut short or altered: " + e.getMessage(), e);
    } catch (ArithmeticException | DateTimeException e) { // a time that no calendar has
      throw new CheckpointFormatException("the manifest is altered: " + e.getMessage(), e);
    }
  }

  private static Manifest decode(CheckpointMessages.Manifest message) {
    if (message.getFormatVersion() != FORMAT_VERSION) {
      throw new CheckpointFormatException(
          "the manifest has format version %d; this Millrace reads version %d"
              .formatted(message.getFormatVersion(), FORMAT_VERSION),
          null);
    }
    requireCount("term", message.getTerm(), MOST_TURNS);
    Manifest manifest =
        new Manifest(
            message.getModel(),
            message.getCheckpointsList().stream().map(ManifestCodec::decode).toList(),
            message.getLatest(),
            message.getChampion(),
            message.getPredecessor(),
            new Lineage(message.getLine(), message.getTerm(), message.getChunksTopicId()));
    requireVersions(manifest);
    return manifest;
  }

  /**
   * Requires that all referenced versions are listed. Otherwise training would start over, or
   * nothing would be served.
   */
  private static void requireVersions(Manifest manifest) {
    long newest = 0;
    for (StoredCheckpoint stored : manifest.checkpoints()) {
      requireCount("sequence", stored.version(), MOST_TURNS);
      if (stored.version() <= newest) {
        throw new CheckpointFormatException(
            "the manifest has version %d behind version %d".formatted(stored.version(), newest),
            null);
      }
      newest = stored.version();
    }
    if (manifest.latestVersion() == 0 && !manifest.resumableFrom(newest).isEmpty()) {
      throw new CheckpointFormatException(
          "the manifest's latest is no version, but it has one", null);
    }
    requireVersion("latest", manifest.latestVersion(), manifest);
    requireVersion("champion", manifest.championVersion(), manifest);
    requireVersion("predecessor", manifest.predecessorVersion(), manifest);
  }

  private static void requireVersion(String field, long version, Manifest manifest) {
    if (version != 0 && manifest.version(version).isEmpty()) {
      throw new CheckpointFormatException(
          "the manifest's %s is version %d, which it does not have".formatted(field, version),
          null);
    }
  }

  private static CheckpointMessages.StoredCheckpoint encode(StoredCheckpoint stored) {
    var message =
        CheckpointMessages.StoredCheckpoint.newBuilder()
            .setSequence(stored.version())
            .setWeights(encode(stored.weights()))
            .setSummary(SummaryCodec.encode(stored.summary()));
    if (stored.state() != null) {
      message.setState(encode(stored.state()));
    }
    return message.build();
  }

  private static StoredCheckpoint decode(CheckpointMessages.StoredCheckpoint message) {
    return new StoredCheckpoint(
        message.getSequence(),
        decode(message.getWeights()),
        message.hasState() ? decode(message.getState()) : null,
        SummaryCodec.decode(message.getSummary()));
  }

  private static CheckpointMessages.StoredPart encode(StoredPart part) {
    return CheckpointMessages.StoredPart.newBuilder()
        .setSlot(part.slot())
        .setChunkCount(part.chunkCount())
        .setSizeBytes(part.sizeBytes())
        .setSha256(SummaryCodec.bytes(part.sha256()))
        .setFirstChunkOffset(part.firstChunkOffset())
        .build();
  }

  private static StoredPart decode(CheckpointMessages.StoredPart message) {
    requireCount("slot", message.getSlot(), Integer.MAX_VALUE);
    requireCount("chunk_count", message.getChunkCount(), Integer.MAX_VALUE);
    requireCount("size_bytes", message.getSizeBytes(), Integer.MAX_VALUE);
    requireCount("first_chunk_offset", message.getFirstChunkOffset(), Long.MAX_VALUE);
    return new StoredPart(
        message.getSlot(),
        message.getChunkCount(),
        message.getSizeBytes(),
        SummaryCodec.hex(message.getSha256()),
        message.getFirstChunkOffset());
  }

  private static void requireCount(String field, long value, long most) {
    if (value < 0 || value > most) {
      throw new CheckpointFormatException(
          "the manifest's %s is %d; allowed: 0 to %d".formatted(field, value, most), null);
    }
  }
}
