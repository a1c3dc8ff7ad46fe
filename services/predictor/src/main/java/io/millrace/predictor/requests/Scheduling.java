package io.millrace.predictor.requests;

import io.millrace.proto.inference.InferParameter;
import io.millrace.proto.inference.ModelInferRequest;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The scheduling of a request: the parameters {@code priority} and {@code timeout}, in
 * microseconds, of the schedule policy extension [1].
 *
 * <p>[1] Schedule policy extension, triton-inference-server/server.
 *
 * @param priority 1 is taken first; 0 if the request has none
 * @param timeoutNanos how long the request may wait, or {@link #NO_TIMEOUT}
 */
public record Scheduling(long priority, long timeoutNanos) {
  /** For a caller that waits without a limit. */
  public static final long NO_TIMEOUT = Long.MAX_VALUE;

  static final Scheduling DEFAULT = new Scheduling(0, NO_TIMEOUT);

  private static final String PRIORITY = "priority";
  private static final String TIMEOUT = "timeout";

  static Scheduling of(ModelInferRequest request) {
    if (request.getParametersCount() == 0) {
      return DEFAULT;
    }
    long micros = number(request.getParametersOrDefault(TIMEOUT, null), 0);
    return new Scheduling(
        number(request.getParametersOrDefault(PRIORITY, null), 0),
        micros == 0 ? NO_TIMEOUT : TimeUnit.MICROSECONDS.toNanos(micros));
  }

  /** Returns what is wrong with the scheduling parameters of a request; null if nothing is. */
  static @Nullable String problem(ModelInferRequest request) {
    if (request.getParametersCount() == 0) {
      return null;
    }
    String problem = problem(request, PRIORITY);
    return problem == null ? problem(request, TIMEOUT) : problem;
  }

  private static @Nullable String problem(ModelInferRequest request, String name) {
    @Nullable InferParameter given = request.getParametersOrDefault(name, null);
    return given == null || number(given, 0) >= 0
        ? null
        : "parameter '%s' is %s; expected a whole number, 0 or more".formatted(name, kind(given));
  }

  private static String kind(InferParameter given) {
    return switch (given.getParameterChoiceCase()) {
      case INT64_PARAM -> "below 0";
      case BOOL_PARAM -> "true or false";
      case DOUBLE_PARAM -> "a number with a fraction";
      case STRING_PARAM -> "a text";
      default -> "empty";
    };
  }

  /** Returns an integer parameter; -1 if it is negative or of another kind. */
  private static long number(@Nullable InferParameter parameter, long absent) {
    if (parameter == null) {
      return absent;
    }
    return switch (parameter.getParameterChoiceCase()) {
      case INT64_PARAM -> Math.max(-1, parameter.getInt64Param());
      case UINT64_PARAM -> parameter.getUint64Param() & Long.MAX_VALUE;
      default -> -1;
    };
  }
}
