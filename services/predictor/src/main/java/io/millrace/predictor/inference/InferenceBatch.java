package io.millrace.predictor.inference;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.predictor.following.BatchTimes;
import io.millrace.predictor.following.ModelSignature.Output;
import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.requests.BoundTensor;
import io.millrace.predictor.requests.InferenceCall;
import io.millrace.predictor.requests.Refusal;
import io.millrace.predictor.requests.ResponseWriter;
import io.millrace.predictor.requests.Shortened;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls to one version of a model whose rows go through the network together.
 *
 * <p>Owned by the inference thread. A call with a value that is not finite is refused on its own.
 */
final class InferenceBatch {
  private final AnsweringMetrics metrics;
  private final List<PendingCall> members = new ArrayList<>();
  private @Nullable ServedModel model;
  private long firstNanos;

  InferenceBatch(AnsweringMetrics metrics) {
    this.metrics = metrics;
  }

  /** Returns whether a call can join the batch: it has the same version, and its rows fit. */
  boolean accepts(InferenceCall call) {
    ExampleBatch rows = call.model().computation().rows();
    return model == null || (call.model() == model && rows.size() + call.rows() <= rows.capacity());
  }

  /** Appends the values of an accepted call to the batch, or refuses the call. */
  void add(PendingCall pending) {
    try {
      copy(pending);
    } catch (RuntimeException e) { // no request may end the shared inference thread
      metrics.failures().happened(e);
      pending.refuse(Refusal.internal());
    }
  }

  private void copy(PendingCall pending) {
    InferenceCall call = pending.call();
    ExampleBatch rows = call.model().computation().rows();
    if (model == null) {
      firstNanos = System.nanoTime();
    }
    for (BoundTensor tensor : call.inputs()) {
      int input = tensor.slot().input();
      int bad = tensor.copyTo(rows.input(input), rows.inputWidth(input), rows.size(), call.rows());
      if (bad >= 0) {
        pending.refuse(notFinite(tensor, bad));
        return;
      }
      int bound = call.model().signature().inputs().get(input).indexBound();
      if (bound > 0 && !areIndices(pending, tensor, rows, bound)) {
        return;
      }
    }
    for (int row = 0; row < call.rows(); row++) {
      rows.advance();
    }
    model = call.model();
    members.add(pending);
  }

  /** Infers the batch, answers or refuses each call, and clears the batch. */
  void infer() {
    if (model == null) {
      return;
    }
    try {
      infer(model);
    } catch (RuntimeException e) { // no request may end the shared inference thread
      metrics.failures().happened(e);
      members.forEach(member -> member.refuse(Refusal.internal()));
    }
    members.clear();
    model = null;
  }

  private void infer(ServedModel model) {
    long filled = System.nanoTime();
    int rows = model.computation().rows().size();
    model.computation().run();
    long inferred = System.nanoTime();
    int row = 0;
    for (PendingCall member : members) {
      answer(member, row);
      row += member.call().rows();
    }
    long written = System.nanoTime();
    metrics.of(model).computed(rows, written - filled);
    count(model, rows, filled, inferred, written);
  }

  /**
   * Answers a call whose outputs start at {@code firstRow}; refuses it if an output is not finite.
   */
  private static void answer(PendingCall member, int firstRow) {
    InferenceCall call = member.call();
    for (Output output : call.outputs()) {
      float[] values = call.model().computation().output(output.source());
      int end = (firstRow + call.rows()) * output.width();
      for (int at = firstRow * output.width(); at < end; at++) {
        if (!Float.isFinite(values[at])) {
          member.refuse(beyondTheModel(output, at - firstRow * output.width()));
          return;
        }
      }
    }
    member.answer(ResponseWriter.write(call, firstRow));
  }

  private static Refusal beyondTheModel(Output output, int element) {
    int width = output.width();
    return Refusal.invalid(
        "output '%s' is not finite in row %d, column %d: the inputs are too large for the model"
            .formatted(output.name(), element / width, element % width));
  }

  private void count(ServedModel inferredBy, int rows, long filled, long inferred, long written) {
    long queued = 0;
    long answered = 0;
    for (PendingCall member : members) {
      queued += member.queuedNanos();
      answered += member.waitedNanos(written);
    }
    inferredBy
        .statistics()
        .executed(
            new BatchTimes(
                rows,
                members.size(),
                queued,
                answered,
                filled - firstNanos,
                inferred - filled,
                written - inferred));
  }

  /** Refuses the call if a value is not an index below {@code bound}; returns whether all are. */
  private static boolean areIndices(
      PendingCall pending, BoundTensor tensor, ExampleBatch rows, int bound) {
    int input = tensor.slot().input();
    int bad =
        tensor.firstNoIndex(
            rows.input(input), rows.inputWidth(input), rows.size(), pending.call().rows(), bound);
    if (bad < 0) {
      return true;
    }
    int width = tensor.slot().width();
    pending.refuse(
        Refusal.invalid(
            "input '%s' is no index in row %d, column %d; expected whole numbers from 0 to %d"
                .formatted(Shortened.of(tensor.name()), bad / width, bad % width, bound - 1)));
    return false;
  }

  private static Refusal notFinite(BoundTensor tensor, int element) {
    int width = tensor.slot().width();
    return Refusal.invalid(
        "input '%s' is not finite in row %d, column %d; expected finite numbers"
            .formatted(Shortened.of(tensor.name()), element / width, element % width));
  }
}
