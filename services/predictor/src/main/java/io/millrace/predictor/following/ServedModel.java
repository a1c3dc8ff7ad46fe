package io.millrace.predictor.following;

import com.google.protobuf.ByteString;
import io.millrace.proto.inference.InferParameter;
import io.millrace.proto.inference.ModelInferResponse;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One version of a model, ready to answer: its weights, its tensors, and what is known of it.
 *
 * <p>Immutable but for {@link #computation}, which belongs to the inference thread from the moment
 * in which the model is published until it is retired, the count of its calls, and {@link
 * #statistics}.
 */
public final class ServedModel {
  private static final VarHandle LITTLE_ENDIAN_DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int RETIRED = Integer.MIN_VALUE;

  private final String name;
  private final Version version;
  private final ModelSignature signature;
  private final Computation computation;
  private final Origin origin;
  private final VersionStatistics statistics;
  private final ByteString preamble;

  /** Those under way; {@value #RETIRED} once there can be no more. */
  private final AtomicInteger calls = new AtomicInteger();

  ServedModel(
      String name,
      Version version,
      ModelSignature signature,
      Computation computation,
      Origin origin) {
    this.name = name;
    this.version = version;
    this.signature = signature;
    this.computation = computation;
    this.origin = origin;
    this.statistics = new VersionStatistics(computation.rows().capacity(), origin.clock());
    this.preamble =
        ModelInferResponse.newBuilder()
            .setModelName(name)
            .setModelVersion(version.text())
            .putAllParameters(origin.parameters())
            .build()
            .toByteString()
            .concat(Origin.encodedStaleness());
  }

  public String name() {
    return name;
  }

  /** Returns the version as a number; of an ensemble, the sum of its members'. */
  public long number() {
    return version.number();
  }

  /** Returns the protocol's {@code model_version}: the number, or the members' with + between. */
  public String version() {
    return version.text();
  }

  public ModelSignature signature() {
    return signature;
  }

  public Computation computation() {
    return computation;
  }

  /**
   * Begins a call; returns false where the version has just been retired, and what is served now
   * has to be asked.
   */
  public boolean begin() {
    int now = calls.get();
    while (now != RETIRED && !calls.compareAndSet(now, now + 1)) {
      now = calls.get();
    }
    return now != RETIRED;
  }

  /** Ends a call that was begun: it needs the computation no longer. */
  public void end() {
    calls.decrementAndGet();
  }

  /** Lets no call begin any more, unless one is under way; returns whether there can be none. */
  boolean retire() {
    return calls.compareAndSet(0, RETIRED);
  }

  /** Returns the loss on the validation window of the checkpoint; NaN where it is not known. */
  double windowLoss() {
    return origin.windowLoss();
  }

  public Instant createdAt() {
    return origin.createdAt();
  }

  public VersionStatistics statistics() {
    return statistics;
  }

  /** Returns statistics without a request, for this version or for all like it. */
  VersionStatistics newStatistics() {
    return new VersionStatistics(computation.rows().capacity(), origin.clock());
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

  /**
   * What a version is called.
   *
   * @param number grows from version to version
   */
  record Version(String text, long number) {
    static Version of(long number) {
      return new Version(Long.toString(number), number);
    }
  }
}
