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
 * One version of a model, ready to answer: its network, its tensors and its origin.
 *
 * <p>Immutable except for the count of its calls, its {@link #statistics}, and its {@link
 * #computation}, which the inference thread owns from publication to retirement.
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

  /** The calls in flight; {@value #RETIRED} once no call can begin. */
  private final AtomicInteger calls = new AtomicInteger();

  ServedModel(
      String name,
      Version version,
      ModelSignature signature,
      Computation computation,
      Origin origin) {
    this(
        name,
        version,
        signature,
        computation,
        origin,
        new VersionStatistics(computation.rows().capacity(), origin.clock()));
  }

  /** Creates a version that counts where others do, too. */
  ServedModel(
      String name,
      Version version,
      ModelSignature signature,
      Computation computation,
      Origin origin,
      VersionStatistics statistics) {
    this.name = name;
    this.version = version;
    this.signature = signature;
    this.computation = computation;
    this.origin = origin;
    this.statistics = statistics;
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
   * Begins a call. Returns false if the version has just been retired; the caller then looks up the
   * served version again.
   */
  public boolean begin() {
    int now = calls.get();
    while (now != RETIRED && !calls.compareAndSet(now, now + 1)) {
      now = calls.get();
    }
    return now != RETIRED;
  }

  /** Ends a call: it needs the computation no longer. */
  public void end() {
    calls.decrementAndGet();
  }

  /** Retires the version unless a call is in flight; returns whether it is retired now. */
  boolean retire() {
    return calls.compareAndSet(0, RETIRED);
  }

  /** Returns the loss on the checkpoint's validation window; NaN if unknown. */
  double windowLoss() {
    return origin.windowLoss();
  }

  public Instant createdAt() {
    return origin.createdAt();
  }

  public VersionStatistics statistics() {
    return statistics;
  }

  /** Returns empty statistics, for this version or for all versions of its model. */
  VersionStatistics newStatistics() {
    return new VersionStatistics(computation.rows().capacity(), origin.clock());
  }

  /** Returns the parameters of an answer that is given now: the version's origin and staleness. */
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
   * Writes the beginning of an encoded {@link ModelInferResponse}: name, version and provenance.
   * Protobuf merges what follows into it, so everything but the staleness is encoded once per
   * version instead of once per answer.
   */
  public void writePreamble(byte[] message, int at) {
    preamble.copyTo(message, at);
    int number = at + preamble.size() - Double.BYTES;
    LITTLE_ENDIAN_DOUBLE.set(message, number, origin.stalenessSeconds());
  }

  /**
   * The name of a version.
   *
   * @param text the protocol's {@code model_version}
   * @param version the version number, which grows from version to version
   */
  record Version(String text, long number) {
    static Version of(long number) {
      return new Version(Long.toString(number), number);
    }
  }
}
