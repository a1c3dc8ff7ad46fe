package io.millrace.checkpoints;

import io.millrace.checkpoints.manifest.Provenance;
import io.millrace.checkpoints.manifest.StoredCounts;
import io.millrace.checkpoints.manifest.StreamPosition;
import io.millrace.checkpoints.manifest.Summary;
import io.millrace.checkpoints.parts.ChunkOutput;
import io.millrace.checkpoints.parts.PartContent;
import io.millrace.checkpoints.parts.PartEncoder;
import io.millrace.learning.state.State;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Snapshots for tests. */
public final class Samples {
  public static final String SHA_256 = "00ff".repeat(16);

  private Samples() {}

  /** Returns a snapshot that is identified by its number of trained records. */
  static Snapshot snapshot(long trained) {
    return snapshot(trained, 10);
  }

  /** Returns a snapshot whose weights and state have this many floats each. */
  static Snapshot snapshot(long trained, int floats) {
    return new Snapshot(
        "{}", weights(trained, floats), weights(-trained, floats), summary(trained));
  }

  static Snapshot withoutState(long trained) {
    return new Snapshot("{}", weights(trained, 10), null, summary(trained));
  }

  public static Summary summary(long trained) {
    return new Summary(
        Instant.ofEpochMilli(1_700_000_000_123L),
        new StreamPosition("letters", Map.of(0, trained, 1, 7L)),
        new StoredCounts(trained, 2, 3, 4, 5, 6),
        "TRAINING",
        0.003,
        Map.of("loss", 0.25, "accuracy", 0.9),
        new Provenance("0.1.0", "17.0.1", "Linux 6.1 amd64", "host", 2, SHA_256, ""),
        SHA_256,
        Optional.empty(),
        List.of());
  }

  /** Returns a state with a value of every type, and values whose bits are easily lost. */
  static State everyType() {
    State state = new State();
    float strangeNan = Float.intBitsToFloat(0x7fc0_1234);
    state.put("floats", new float[] {1.5f, -0.0f, strangeNan, Float.NEGATIVE_INFINITY});
    state.child("optimizer").put("doubles", new double[] {Math.PI, -0.0, Double.MIN_VALUE});
    state.child("optimizer").put("longs", new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE});
    state.put("decimal", Double.NaN);
    state.put("integer", -42L);
    state.put("flag", false);
    state.put("text", "größer");
    state.put("empty", new float[0]);
    return state;
  }

  public static byte[] encoded(PartContent content) {
    return encoded(content, 64);
  }

  public static byte[] encoded(PartContent content, int chunkBytes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ChunkOutput output =
        new ChunkOutput(
            new byte[chunkBytes],
            Integer.MAX_VALUE,
            (index, chunk) -> bytes.write(chunk, 0, chunk.length));
    new PartEncoder(output).encode(content);
    output.finish();
    return bytes.toByteArray();
  }

  private static State weights(long seed, int floats) {
    float[] values = new float[floats];
    for (int i = 0; i < floats; i++) {
      values[i] = seed + i / 1000f;
    }
    State state = new State();
    state.put("parameters", values);
    return state;
  }
}
