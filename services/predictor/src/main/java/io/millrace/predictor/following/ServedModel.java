package io.millrace.predictor.following;

import com.google.protobuf.ByteString;
import io.millrace.checkpoints.Summary;
import io.millrace.learning.Inference;
import io.millrace.proto.inference.InferParameter;
import io.millrace.proto.inference.ModelInferResponse;
import java.time.Instant;
import java.util.Map;

/**
 * One version of a model, ready to answer: its weights, its tensors, and what is known of it.
 *
 * <p>Immutable but for {@link #inference}, which belongs to the inference thread from the moment in
 * which the model is published.
 */
public final class ServedModel {
  private final String name;
  private final long sequence;
  private final String version;
  private final ModelSignature signature;
  private final Inference inference;
  private final Instant createdAt;
  private final Map<String, InferParameter> provenance;
  private final ByteString preamble;

  ServedModel(
      String name, long sequence, ModelSignature signature, Inference inference, Summary summary) {
    this.name = name;
    this.sequence = sequence;
    this.version = Long.toString(sequence);
    this.signature = signature;
    this.inference = inference;
    this.createdAt = summary.createdAt();
    this.provenance = Provenance.of(summary);
    this.preamble =
        ModelInferResponse.newBuilder()
            .setModelName(name)
            .setModelVersion(version)
            .putAllParameters(provenance)
            .build()
            .toByteString();
  }

  public String name() {
    return name;
  }

  /** Returns the sequence of the checkpoint. */
  public long sequence() {
    return sequence;
  }

  /** Returns the sequence as the protocol's {@code model_version}. */
  public String version() {
    return version;
  }

  public ModelSignature signature() {
    return signature;
  }

  public Inference inference() {
    return inference;
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** Returns what every answer of this version says of its origin. */
  public Map<String, InferParameter> provenance() {
    return provenance;
  }

  /**
   * Returns the beginning of every answer on the wire: a {@link ModelInferResponse} with name,
   * version and provenance. What protobuf reads behind it is merged into it, so that all this is
   * encoded once a version instead of once an answer.
   */
  public ByteString preamble() {
    return preamble;
  }
}
