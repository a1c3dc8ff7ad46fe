package io.millrace.predictor.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.predictor.Logged;
import io.millrace.predictor.answering.RunningServer;
import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.following.TestModels;
import io.millrace.predictor.requests.Refusal;
import io.millrace.proto.inference.ModelInferResponse;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallerTest {
  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AnsweringMetrics metrics =
      new AnsweringMetrics(
          meters, new InferenceQueue(new QueueSettings(TestModels.MAX_ROWS, 6, 3, 2)), false);
  private final List<GrpcStatus> refusals = new ArrayList<>();

  @AfterEach
  void close() {
    RunningServer.await(vertx.close());
  }

  @Test
  void answer_thatCannotBeWritten_isToldAndCountedAsInternal() {
    try (Logged log = new Logged("io.millrace.runtime.management.UnforeseenFailures")) {
      boolean told =
          new Unwriting().answer(TestModels.echo(1), ModelInferResponse.getDefaultInstance());

      assertThat(told).isFalse();
      assertThat(log.lines()).hasSize(1);
    }
    assertThat(refusals).containsExactly(GrpcStatus.INTERNAL);
    assertThat(ended(GrpcStatus.INTERNAL)).isEqualTo(1);
    assertThat(ended(GrpcStatus.OK)).isZero();
  }

  private double ended(GrpcStatus status) {
    return meters
        .get("millrace.inference.requests")
        .tag("status", status.name())
        .counters()
        .stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  /** Fails to write answers. */
  private final class Unwriting extends Caller {
    Unwriting() {
      super(vertx.getOrCreateContext(), metrics);
    }

    @Override
    public void send(ServedModel model, ModelInferResponse response) {
      throw new IllegalStateException("cannot be written");
    }

    @Override
    public void send(Refusal refusal) {
      refusals.add(refusal.status());
    }
  }
}
