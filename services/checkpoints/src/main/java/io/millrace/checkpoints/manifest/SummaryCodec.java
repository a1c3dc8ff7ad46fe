package io.millrace.checkpoints.manifest;

import com.google.protobuf.ByteString;
import io.millrace.checkpoints.failures.CheckpointFormatException;
import io.millrace.proto.checkpoints.v1.CheckpointMessages;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** Encodes a summary as the protobuf message of the same name, and decodes it. */
public final class SummaryCodec {
  private SummaryCodec() {}

  public static CheckpointMessages.Summary encode(Summary summary) {
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
    summary.mostRejected().map(SummaryCodec::encode).ifPresent(message::setMostRejected);
    summary.rivals().forEach(rival -> message.addRivals(encode(rival)));
    return message.build();
  }

  /**
   * @throws CheckpointFormatException if the message has impossible values
   */
  public static Summary decode(CheckpointMessages.Summary message) {
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
        message.getRivalsList().stream().map(SummaryCodec::decode).toList());
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
          "the summary's %s is %d; allowed: 0 to %d".formatted(field, value, most), null);
    }
  }

  static ByteString bytes(String hexadecimal) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hexadecimal));
  }

  static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
