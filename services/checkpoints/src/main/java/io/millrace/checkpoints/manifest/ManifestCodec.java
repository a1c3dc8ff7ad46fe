package io.millrace.checkpoints.manifest;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.checkpoints.failures.CheckpointFormatException;
import io.millrace.proto.checkpoints.v1.CheckpointMessages;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

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
            .setSummary(encode(stored.summary()));
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
        decode(message.getSummary()));
  }

  private static CheckpointMessages.StoredPart encode(StoredPart part) {
    return CheckpointMessages.StoredPart.newBuilder()
        .setSlot(part.slot())
        .setChunkCount(part.chunkCount())
        .setSizeBytes(part.sizeBytes())
        .setSha256(bytes(part.sha256()))
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
        hex(message.getSha256()),
        message.getFirstChunkOffset());
  }

  private static CheckpointMessages.Summary encode(Summary summary) {
    CheckpointMessages.Summary.Builder message =
        CheckpointMessages.Summary.newBuilder()
            .setCreatedAtMillis(summary.createdAt().toEpochMilli())
            .setPosition(
                CheckpointMessages.Position.newBuilder()
                    .setTopic(summary.position().topic())
                    .setTopicId(summary.position().topicId())
                    .putAllNextOffsets(summary.position().nextOffsets()))
            .setCounts(encode(summary.counts()))
            .setPhase(summary.phase())
            .setLearningRate(summary.learningRate())
            .putAllMetrics(summary.metrics())
            .setProvenance(encode(summary.provenance()))
            .setParametersSha256(bytes(summary.parametersSha256()));
    summary.mostRejected().map(ManifestCodec::encode).ifPresent(message::setMostRejected);
    summary.rivals().forEach(rival -> message.addRivals(encode(rival)));
    return message.build();
  }

  private static Summary decode(CheckpointMessages.Summary message) {
    CheckpointMessages.Position position = message.getPosition();
    return new Summary(
        Instant.ofEpochMilli(message.getCreatedAtMillis()),
        position(position),
        decode(message.getCounts()),
        message.getPhase(),
        message.getLearningRate(),
        message.getMetricsMap(),
        decode(message.getProvenance()),
        hex(message.getParametersSha256()),
        message.hasMostRejected()
            ? Optional.of(decode(message.getMostRejected()))
            : Optional.empty(),
        message.getRivalsList().stream().map(ManifestCodec::decode).toList());
  }

  private static CheckpointMessages.Rival encode(StoredRival rival) {
    var message =
        CheckpointMessages.Rival.newBuilder()
            .setName(rival.name())
            .setShare(rival.share())
            .setChanges(rival.changes());
    if (Double.isFinite(rival.loss())) {
      message.setLoss(rival.loss());
    }
    return message.build();
  }

  private static StoredRival decode(CheckpointMessages.Rival message) {
    return new StoredRival(
        message.getName(),
        message.getShare(),
        message.hasLoss() ? message.getLoss() : Double.NaN,
        message.getChanges());
  }

  private static CheckpointMessages.Rejection encode(StoredRejection rejection) {
    return CheckpointMessages.Rejection.newBuilder()
        .setReason(rejection.reason())
        .setField(rejection.field())
        .setProblem(rejection.problem())
        .setRecords(rejection.records())
        .build();
  }

  private static StoredRejection decode(CheckpointMessages.Rejection message) {
    return new StoredRejection(
        message.getReason(), message.getField(), message.getProblem(), message.getRecords());
  }

  private static StreamPosition position(CheckpointMessages.Position position) {
    position
        .getNextOffsetsMap()
        .forEach(
            (partition, offset) -> {
              requireCount("partition", partition, Integer.MAX_VALUE);
              requireCount("next_offsets", offset, Long.MAX_VALUE);
            });
    return new StreamPosition(
        position.getTopic(), position.getTopicId(), position.getNextOffsetsMap());
  }

  private static CheckpointMessages.Counts encode(StoredCounts counts) {
    return CheckpointMessages.Counts.newBuilder()
        .setTrained(counts.trained())
        .setValidated(counts.validated())
        .setRejected(counts.rejected())
        .setScored(counts.scored())
        .setSteps(counts.steps())
        .setEvaluations(counts.evaluations())
        .build();
  }

  private static StoredCounts decode(CheckpointMessages.Counts message) {
    return new StoredCounts(
        message.getTrained(),
        message.getValidated(),
        message.getRejected(),
        message.getScored(),
        message.getSteps(),
        message.getEvaluations());
  }

  private static CheckpointMessages.Provenance encode(Provenance provenance) {
    return CheckpointMessages.Provenance.newBuilder()
        .setMillraceVersion(provenance.millraceVersion())
        .setJavaVersion(provenance.javaVersion())
        .setOperatingSystem(provenance.operatingSystem())
        .setBackend(provenance.backend())
        .setThreads(provenance.threads())
        .setSettingsSha256(bytes(provenance.settingsSha256()))
        .setTraceparent(provenance.traceparent())
        .build();
  }

  private static Provenance decode(CheckpointMessages.Provenance message) {
    return new Provenance(
        message.getMillraceVersion(),
        message.getJavaVersion(),
        message.getOperatingSystem(),
        message.getBackend(),
        message.getThreads(),
        hex(message.getSettingsSha256()),
        message.getTraceparent());
  }

  private static void requireCount(String field, long value, long most) {
    if (value < 0 || value > most) {
      throw new CheckpointFormatException(
          "the manifest's %s is %d; allowed: 0 to %d".formatted(field, value, most), null);
    }
  }

  private static ByteString bytes(String hexadecimal) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hexadecimal));
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
