package io.millrace.predictor.following;

import com.google.protobuf.ByteString;
import io.millrace.learning.Inference;
import io.millrace.proto.inference.InferParameter;
import io.millrace.proto.inference.ModelInferResponse;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * One version of a model, ready to answer: its weights, its tensors, and what is known of it.
 *
 * <p>Immutable but for {@link #inference}, which belongs to the inference thread from the moment in
 * which the model is published, and {@link #statistics}.
 */
public final class ServedModel {
  private static final VarHandle LITTLE_ENDIAN_DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  private final String name;
  private final long sequence;
  private final String version;
  private final ModelSignature signature;
  private final Inference inference;
  private final Origin origin;
  private final VersionStatistics statistics;
  private final ByteString preamble;

  ServedModel(
      String name, long sequence, ModelSignature signature, Inference inference, Origin origin) {
    this.name = name;
    this.sequence = sequence;
    this.version = Long.toString(sequence);
    this.signature = signature;
    this.inference = inference;
    this.origin = origin;
    this.statistics = new VersionStatistics(inference.rows().capacity(), origin.clock());
    this.preamble =
        ModelInferResponse.newBuilder()
            .setModelName(name)
            .setModelVersion(version)
            .putAllParameters(origin.parameters())
            .build()
            .toByteString()
            .concat(Origin.encodedStaleness());
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
    return origin.createdAt();
  }

  public VersionStatistics statistics() {
    return statistics;
  }

  /** Returns what an answer of this version says of its origin now. */
  public Map<String, InferParameter> provenance() {
    Map<String, InferParameter> parameters = new TreeMap<>(origin.parameters());
    parameters.put(
        Origin.STALENESS,
        InferParameter.newBuilder().setDoubleParam(origin.stalenessSeconds()).build());
    return parameters;
  }

  /** Returns how many bytes {@link #writePreamble} writes. */
  public int preambleSize() {
    return preamble.size();
  }

  /**
   * Writes the beginning of an answer on the wire: a {@link ModelInferResponse} with name, version
   * and provenance. What protobuf reads behind it is merged into it, so that all but the staleness
   * is encoded once a version instead of once an answer.
   */
  public void writePreamble(byte[] message, int at) {
    preamble.copyTo(message, at);
    int number = at + preamble.size() - Double.BYTES;
    LITTLE_ENDIAN_DOUBLE.set(message, number, origin.stalenessSeconds());
  }
}
