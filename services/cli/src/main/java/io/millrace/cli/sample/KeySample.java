package io.millrace.cli.sample;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of sampled records, to decide whether records can be held out by key. */
public final class KeySample {
  /** With fewer keys, a tenth of them would be almost no records, or all the frequent ones. */
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

  /**
   * Returns whether every record has a key, and there are enough keys to hold out a tenth of them.
   */
  public boolean isHoldoutPossible() {
    return !isWithout && (distinct.size() >= FEW || 2L * distinct.size() > records);
  }
}
