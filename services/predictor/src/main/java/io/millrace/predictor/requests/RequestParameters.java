package io.millrace.predictor.requests;

import io.millrace.proto.inference.InferParameter;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferRequest.InferInputTensor;
import io.millrace.proto.inference.ModelInferRequest.InferRequestedOutputTensor;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request, its inputs and its outputs. Unknown parameters are refused, because
 * they ask for something that would not be done.
 */
public final class RequestParameters {
  /**
   * An output's parameter: how many of the likeliest classes to return [classification extension].
   */
  public static final String CLASSIFICATION = "classification";

  /** A stream's parameter: mark the final response to a request. Every response here is marked. */
  private static final String FINAL_RESPONSE = "triton_enable_empty_final_response";

  private static final Set<String> OF_REQUESTS = Set.of("priority", "timeout", FINAL_RESPONSE);

  private RequestParameters() {}

  /** Returns what is wrong with the parameters of a request; null if nothing is. */
  static @Nullable String problem(ModelInferRequest request) {
    if (request.getParametersCount() > 0) {
      for (String name : request.getParametersMap().keySet()) {
        if (!OF_REQUESTS.contains(name)) {
          return NotOffered.parameter("the request", name, "priority or timeout");
        }
      }
    }
    return Scheduling.problem(request);
  }

  /** Returns what is wrong with the parameters of an input; null if nothing is. */
  static @Nullable String problem(InferInputTensor input) {
    return input.getParametersCount() == 0
        ? null
        : NotOffered.parameter(
            "input '%s'".formatted(Shortened.of(input.getName())),
            input.getParametersMap().keySet().iterator().next(),
            "none");
  }

  /** Returns what is wrong with the parameters of an output; null if nothing is. */
  static @Nullable String problem(InferRequestedOutputTensor output) {
    if (output.getParametersCount() == 0) {
      return null;
    }
    String whose = "output '%s'".formatted(Shortened.of(output.getName()));
    for (String name : output.getParametersMap().keySet()) {
      if (!name.equals(CLASSIFICATION)) {
        return NotOffered.parameter(whose, name, CLASSIFICATION);
      }
    }
    return classCount(output) > 0
        ? null
        : "%s has a parameter 'classification' that is no number of classes; expected 1 or more"
            .formatted(whose);
  }

  /** Returns how many classes an output is requested with; 0 for all its numbers. */
  static int classCount(InferRequestedOutputTensor output) {
    @Nullable InferParameter count = output.getParametersOrDefault(CLASSIFICATION, null);
    if (count == null) {
      return 0;
    }
    long number =
        switch (count.getParameterChoiceCase()) {
          case INT64_PARAM -> count.getInt64Param();
          case UINT64_PARAM -> count.getUint64Param() & Long.MAX_VALUE;
          default -> 0;
        };
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, number));
  }
}
