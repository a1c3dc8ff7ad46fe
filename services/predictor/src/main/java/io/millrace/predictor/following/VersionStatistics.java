package io.millrace.predictor.following;

import io.millrace.proto.inference.InferBatchStatistics;
import io.millrace.proto.inference.InferStatistics;
import io.millrace.proto.inference.ModelStatistics;
import io.millrace.proto.inference.StatisticDuration;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of the requests to one version of a model. They follow the protocol's statistics
 * extension [1]: counts are in requests, and the time of a batch counts once for each of its
 * requests.
 *
 * <p>The inference thread adds batches; any thread may add failures or read.
 *
 * <p>[1] Statistics extension, triton-inference-server/server.
 */
public final class VersionStatistics {
  private static final int COUNT = 0;
  private static final int INPUT = 1;
  private static final int INFER = 2;
  private static final int OUTPUT = 3;
  private static final int COLUMNS = 4;

  private final Clock clock;
  private final AtomicLong lastMillis = new AtomicLong();
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong queuedNanos = new AtomicLong();
  private final AtomicLong answeredNanos = new AtomicLong();
  private final AtomicLongArray byCall = new AtomicLongArray(COLUMNS);
  private final AtomicLongArray byBatchSize;
  private final LongAdder failures = new LongAdder();
  private final LongAdder failedNanos = new LongAdder();
  private volatile @Nullable VersionStatistics total;

  /**
   * @param maxRows the largest batch, in rows
   */
  VersionStatistics(int maxRows, Clock clock) {
    this.clock = clock;
    byBatchSize = new AtomicLongArray((maxRows + 1) * COLUMNS);
  }

  /** Makes every addition count in the statistics of all versions of the model as well. */
  void countIn(VersionStatistics ofAllVersions) {
    total = ofAllVersions;
  }

  /** Adds a batch. Called on the inference thread. */
  public void executed(BatchTimes batch) {
    if (total != null) {
      total.executed(batch);
    }
    lastMillis.lazySet(clock.millis());
    add(rows, batch.rows());
    add(calls, batch.calls());
    add(queuedNanos, batch.queuedNanos());
    add(answeredNanos, batch.answeredNanos());
    add(byCall, 0, batch, batch.calls());
    add(byBatchSize, batch.rows() * COLUMNS, batch, 1);
  }

  /** Adds a request that failed after this version was selected for it. */
  public void failed(long nanos) {
    if (total != null) {
      total.failed(nanos);
    }
    failures.increment();
    failedNanos.add(nanos);
  }

  /**
   * Returns the statistics as a message of the protocol.
   *
   * @param version empty for the statistics of all versions
   */
  public ModelStatistics message(String name, String version) {
    ModelStatistics.Builder message =
        ModelStatistics.newBuilder()
            .setName(name)
            .setVersion(version)
            .setLastInference(lastMillis.get())
            .setInferenceCount(rows.get())
            .setExecutionCount(byCall.get(COUNT))
            .setInferenceStats(ofCalls());
    for (int size = 1; size < byBatchSize.length() / COLUMNS; size++) {
      if (byBatchSize.get(size * COLUMNS + COUNT) > 0) {
        message.addBatchStats(ofBatches(size));
      }
    }
    return message.build();
  }

  private InferStatistics ofCalls() {
    long count = calls.get();
    return InferStatistics.newBuilder()
        .setSuccess(duration(count, answeredNanos.get()))
        .setFail(duration(failures.sum(), failedNanos.sum()))
        .setQueue(duration(count, queuedNanos.get()))
        .setComputeInput(duration(count, byCall.get(INPUT)))
        .setComputeInfer(duration(count, byCall.get(INFER)))
        .setComputeOutput(duration(count, byCall.get(OUTPUT)))
        .build();
  }

  private InferBatchStatistics ofBatches(int size) {
    int first = size * COLUMNS;
    long count = byBatchSize.get(first + COUNT);
    return InferBatchStatistics.newBuilder()
        .setBatchSize(size)
        .setComputeInput(duration(count, byBatchSize.get(first + INPUT)))
        .setComputeInfer(duration(count, byBatchSize.get(first + INFER)))
        .setComputeOutput(duration(count, byBatchSize.get(first + OUTPUT)))
        .build();
  }

  private static StatisticDuration duration(long count, long nanos) {
    return StatisticDuration.newBuilder().setCount(count).setNs(nanos).build();
  }

  private static void add(AtomicLongArray columns, int first, BatchTimes batch, int times) {
    add(columns, first + COUNT, 1);
    add(columns, first + INPUT, times * batch.inputNanos());
    add(columns, first + INFER, times * batch.inferNanos());
    add(columns, first + OUTPUT, times * batch.outputNanos());
  }

  /** Only one thread writes, so no compare-and-swap is needed. */
  private static void add(AtomicLong total, long value) {
    total.lazySet(total.get() + value);
  }

  private static void add(AtomicLongArray totals, int index, long value) {
    totals.lazySet(index, totals.get(index) + value);
  }
}
