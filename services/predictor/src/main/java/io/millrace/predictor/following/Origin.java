package io.millrace.predictor.following;

import com.google.protobuf.ByteString;
import io.millrace.checkpoints.fleet.FleetCheckpoint;
import io.millrace.checkpoints.manifest.StreamPosition;
import io.millrace.checkpoints.manifest.Summary;
import io.millrace.learning.model.Digests;
import io.millrace.learning.state.State;
import io.millrace.proto.inference.InferParameter;
import io.millrace.proto.inference.ModelInferResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What every answer tells about its version: when and from which records it was made, how stale it
 * is, and which share each rival has.
 */
final class Origin {
  static final String STALENESS = "staleness_seconds";
  private static final String RIVAL = "rival.";
  private static final String WINDOW_LOSS = "val_loss";
  private static final int DIGEST_DIGITS = 12;
  private static final double MILLIS_PER_SECOND = 1000;

  private final Instant createdAt;
  private final long createdAtMillis;
  private final Clock clock;
  private final Map<String, InferParameter> parameters;
  private final double windowLoss;

  private Origin(
      Instant createdAt, Clock clock, Map<String, InferParameter> parameters, double windowLoss) {
    this.createdAt = createdAt;
    this.createdAtMillis = createdAt.toEpochMilli();
    this.clock = clock;
    this.parameters = Collections.unmodifiableMap(parameters);
    this.windowLoss = windowLoss;
  }

  /**
   * Returns the origin of a version.
   *
   * @param shares the share of each rival in its answers; empty without rivals
   */
  static Origin of(Summary summary, Map<String, Float> shares, Clock clock) {
    double loss = summary.metrics().getOrDefault(WINDOW_LOSS, Double.NaN);
    Map<String, InferParameter> parameters = parameters(summary);
    shares.forEach((rival, share) -> parameters.put(RIVAL + rival, number(share)));
    return new Origin(summary.createdAt(), clock, parameters, loss);
  }

  /**
   * Returns the origin of an ensemble, which is as old as its oldest member and names its members.
   */
  static Origin ofEnsemble(List<ServedModel> members, String written, Clock clock) {
    Instant oldest =
        members.stream().map(ServedModel::createdAt).min(Instant::compareTo).orElseThrow();
    Map<String, InferParameter> parameters = new TreeMap<>();
    parameters.put("created_at", text(oldest.toString()));
    parameters.put("members", text(written));
    return new Origin(oldest, clock, parameters, Double.NaN);
  }

  /** Returns the origin of a key's model in a fleet. */
  static Origin ofKey(String key, FleetCheckpoint checkpoint, Instant createdAt, Clock clock) {
    Map<String, InferParameter> parameters = parameters(checkpoint, createdAt);
    parameters.put("key", text(key));
    double loss = checkpoint.metrics().getOrDefault(WINDOW_LOSS, Double.NaN);
    return new Origin(createdAt, clock, parameters, loss);
  }

  /** Returns the origin of what answers for unknown keys of a fleet. */
  static Origin ofTemplate(FleetCheckpoint template, Instant createdAt, Clock clock) {
    Map<String, InferParameter> parameters = parameters(template, createdAt);
    parameters.put("template", InferParameter.newBuilder().setBoolParam(true).build());
    return new Origin(createdAt, clock, parameters, Double.NaN);
  }

  double windowLoss() {
    return windowLoss;
  }

  Clock clock() {
    return clock;
  }

  Instant createdAt() {
    return createdAt;
  }

  /** Returns the parameters that do not change over time. */
  Map<String, InferParameter> parameters() {
    return parameters;
  }

  double stalenessSeconds() {
    return (clock.millis() - createdAtMillis) / MILLIS_PER_SECOND;
  }

  /**
   * Returns the staleness encoded as part of a {@link ModelInferResponse}. The last eight bytes are
   * the number, little-endian.
   */
  static ByteString encodedStaleness() {
    return ModelInferResponse.newBuilder()
        .putParameters(STALENESS, InferParameter.newBuilder().setDoubleParam(0).build())
        .build()
        .toByteString();
  }

  private static Map<String, InferParameter> parameters(Summary summary) {
    return parameters(
        summary.createdAt(),
        summary.parametersSha256(),
        summary.position(),
        summary.counts().trained());
  }

  private static Map<String, InferParameter> parameters(
      FleetCheckpoint checkpoint, Instant createdAt) {
    State weights = checkpoint.weights();
    byte[] sha256 = Digests.sha256(weights.floats("parameters"), weights.floats("non_trainable"));
    return parameters(
        createdAt,
        HexFormat.of().formatHex(sha256),
        checkpoint.position(),
        checkpoint.counts().trained());
  }

  private static Map<String, InferParameter> parameters(
      Instant createdAt, String parametersSha256, StreamPosition position, long trained) {
    Map<String, InferParameter> parameters = new TreeMap<>();
    parameters.put("created_at", text(createdAt.toString()));
    parameters.put("parameters_sha256", text(beginning(parametersSha256)));
    parameters.put("position", text(written(position)));
    parameters.put("trained_records", number(trained));
    return parameters;
  }

  /**
   * Returns the first offset per partition that is not learned from: {@code
   * letters-0:1200,letters-1:7}.
   */
  private static String written(StreamPosition position) {
    return position.nextOffsets().entrySet().stream()
        .map(next -> "%s-%d:%d".formatted(position.topic(), next.getKey(), next.getValue()))
        .collect(Collectors.joining(","));
  }

  private static String beginning(String digest) {
    return digest.substring(0, Math.min(DIGEST_DIGITS, digest.length()));
  }

  private static InferParameter text(String value) {
    return InferParameter.newBuilder().setStringParam(value).build();
  }

  /** Returns a share with the digits of single precision, which it was computed in. */
  private static InferParameter number(float share) {
    return InferParameter.newBuilder()
        .setDoubleParam(Double.parseDouble(Float.toString(share)))
        .build();
  }

  private static InferParameter number(long value) {
    return InferParameter.newBuilder().setInt64Param(value).build();
  }
}
