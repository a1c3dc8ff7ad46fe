package io.millrace.benchmarks.fuzz;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.benchmarks.fuzz.EchoOracle.Expected;
import io.millrace.proto.inference.ModelInferResponse;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;
import org.jspecify.annotations.Nullable;

/** Compares a gRPC answer with the expected one. */
final class Verdict {
  private Verdict() {}

  /** Returns what is wrong with a status and, if it is OK, the message; null if nothing is. */
  static @Nullable String problem(
      Expected expected, @Nullable GrpcStatus status, @Nullable Buffer message) {
    if (status == GrpcStatus.OK && message != null) {
      return expected.kind() == EchoOracle.Kind.OK
          ? problem(expected, message)
          : "answered what is " + expected.kind() + ": " + expected.request();
    }
    boolean asExpected =
        switch (expected.kind()) {
          case OK ->
              isLate(expected, status)
                  || (status == GrpcStatus.INVALID_ARGUMENT && EchoOracle.mayOverflow(expected));
          // The inference thread checks the values, so those of a late request are not checked.
          case INVALID -> status == GrpcStatus.INVALID_ARGUMENT || isLate(expected, status);
          case NOT_FOUND -> status == GrpcStatus.NOT_FOUND;
          case TOO_LARGE -> status == GrpcStatus.RESOURCE_EXHAUSTED;
        };
    return asExpected
        ? null
        : "%s where it is %s: %s".formatted(name(status), expected.kind(), expected.request());
  }

  static String name(@Nullable GrpcStatus status) {
    return status == null ? "nothing" : status.name();
  }

  private static boolean isLate(Expected expected, @Nullable GrpcStatus status) {
    return status == GrpcStatus.DEADLINE_EXCEEDED
        && expected.request().containsParameters("timeout");
  }

  private static @Nullable String problem(Expected expected, Buffer message) {
    try {
      String problem =
          EchoOracle.problem(expected, ModelInferResponse.parseFrom(message.getBytes()));
      return problem == null ? null : problem + ": " + expected.request();
    } catch (InvalidProtocolBufferException e) {
      return "the answer is no ModelInferResponse: " + expected.request();
    }
  }
}
