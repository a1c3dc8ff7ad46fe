package io.millrace.benchmarks.serving;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.proto.inference.ModelInferResponse;
import java.util.concurrent.atomic.AtomicLong;

/** Checks that versions never go back on a connection. Each connection has its own thread. */
final class Versions implements Load.Answers {
  private static final int PREFIX = 5;

  private final long[] newest;
  private final AtomicLong wentBack = new AtomicLong();
  private final AtomicLong highest = new AtomicLong();

  Versions(int connections) {
    newest = new long[connections];
  }

  /**
   * Returns how many answers came from an older version than an earlier answer on their connection.
   */
  long wentBack() {
    return wentBack.get();
  }

  /** Returns the newest version in any answer. */
  long highest() {
    return highest.get();
  }

  @Override
  public void came(int connection, byte[] message) {
    long version = version(message);
    if (version < newest[connection]) {
      wentBack.incrementAndGet();
    } else if (version > newest[connection]) {
      newest[connection] = version;
      highest.accumulateAndGet(version, Math::max);
    }
  }

  private static long version(byte[] message) {
    try {
      ModelInferResponse response =
          ModelInferResponse.parser().parseFrom(message, PREFIX, message.length - PREFIX);
      return Long.parseLong(response.getModelVersion());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an answer cannot be read", e);
    }
  }
}
