package io.millrace.predictor.requests;

import io.millrace.predictor.following.ModelSignature.Output;
import io.millrace.predictor.following.ServedModel;
import io.millrace.proto.inference.ModelInferRequest.InferRequestedOutputTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The outputs that a request asks for, validated against its model's; all outputs if it names none.
 */
final class RequestedOutputs {
  private final ServedModel model;
  private final List<InferRequestedOutputTensor> requested;
  private List<Output> chosen;

  RequestedOutputs(ServedModel model, List<InferRequestedOutputTensor> requested) {
    this.model = model;
    this.requested = requested;
    this.chosen = model.signature().outputs();
  }

  /** Returns the outputs to answer with. Valid once {@link #problem} has returned null. */
  List<Output> chosen() {
    return chosen;
  }

  /** Chooses the outputs; returns what is wrong with them, or null. */
  @Nullable String problem() {
    if (requested.isEmpty()) {
      return null;
    }
    List<Output> all = model.signature().outputs();
    if (requested.size() > all.size()) {
      return "the request asks for %d outputs; expected at most the %d of model '%s'"
          .formatted(requested.size(), all.size(), model.name());
    }
    chosen = new ArrayList<>(requested.size());
    String problem = null;
    for (int i = 0; problem == null && i < requested.size(); i++) {
      problem = choose(requested.get(i));
    }
    return problem;
  }

  private @Nullable String choose(InferRequestedOutputTensor wanted) {
    Output output = model.signature().output(wanted.getName());
    if (output == null) {
      return "output '%s' is unknown; model '%s' has %s"
          .formatted(Shortened.of(wanted.getName()), model.name(), names());
    }
    String problem = RequestParameters.problem(wanted);
    if (problem != null) {
      return problem;
    }
    for (Output before : chosen) {
      if (before.name().equals(output.name())) {
        return "output '%s' is asked for twice; expected once".formatted(output.name());
      }
    }
    int classCount = RequestParameters.classCount(wanted);
    Output found = classCount == 0 ? output : model.signature().ranked(output, classCount);
    if (found == null) {
      return "output '%s' has no scores of classes; expected no parameter 'classification'"
          .formatted(output.name());
    }
    chosen.add(found);
    return null;
  }

  private String names() {
    return model.signature().outputs().stream()
        .map(output -> "'" + output.name() + "'")
        .collect(Collectors.joining(", "));
  }
}
