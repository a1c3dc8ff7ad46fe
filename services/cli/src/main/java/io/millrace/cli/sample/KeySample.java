package io.millrace.cli.sample;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of sampled records: whether records can be held out by them. */
public final class KeySample {
  /** A tenth of fewer keys would be next to nothing, or everything that is frequent. */
  private static final int FEW = 100;

  private final Set<ByteBuffer> distinct = new HashSet<>();
  private long records;
  private boolean isWithout;

  public void add(byte @Nullable [] key) {
    records++;
    if (key == null) {
      isWithout = true;
    } else {
      distinct.add(ByteBuffer.wrap(key));
    }
  }

  /** Returns whether every record has a key, and keys are so many that a tenth of them is some. */
  public boolean isHoldoutPossible() {
    return !isWithout && (distinct.size() >= FEW || 2L * distinct.size() > records);
  }
}
