package io.millrace.predictor.following;

import io.millrace.checkpoints.StreamPosition;
import io.millrace.checkpoints.Summary;
import io.millrace.proto.inference.InferParameter;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What every answer says of the model that gave it: how it came about, and from which records. */
final class Provenance {
  private static final int DIGEST_DIGITS = 12;

  private Provenance() {}

  static Map<String, InferParameter> of(Summary summary) {
    Map<String, InferParameter> parameters = new TreeMap<>();
    parameters.put("created_at", text(summary.createdAt().toString()));
    parameters.put("parameters_sha256", text(beginning(summary.parametersSha256())));
    parameters.put("position", text(written(summary.position())));
    parameters.put("trained_records", number(summary.counts().trained()));
    return parameters;
  }

  /**
   * Returns per partition the first offset not learned from: {@code letters-0:1200,letters-1:7}.
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

  private static InferParameter number(long value) {
    return InferParameter.newBuilder().setInt64Param(value).build();
  }
}
