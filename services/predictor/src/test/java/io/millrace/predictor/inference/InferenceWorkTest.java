package io.millrace.predictor.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.predictor.Logged;
import io.millrace.predictor.answering.Requests;
import io.millrace.predictor.answering.RunningServer;
import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.following.TestModels;
import io.millrace.predictor.requests.InferenceCall;
import io.millrace.predictor.requests.Refusal;
import io.millrace.predictor.requests.RequestReader;
import io.millrace.proto.inference.InferBatchStatistics;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferResponse;
import io.millrace.proto.inference.ModelStatistics;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InferenceWorkTest {
  private static final int CAPACITY_ROWS = 6;

  private final Vertx vertx = Vertx.vertx();
  private final Context eventLoop = vertx.getOrCreateContext();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> predicted = new LinkedBlockingQueue<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final InferenceQueue queue =
      new InferenceQueue(new QueueSettings(TestModels.MAX_ROWS, CAPACITY_ROWS, 3, 2));
  private final AnsweringMetrics metrics = new AnsweringMetrics(meters, queue, false);
  private final InferenceWork work =
      new InferenceWork(
          queue,
          metrics,
          (call, response, shadow) ->
              predicted.add((shadow ? "shadow " : "answer ") + call.model().version()));
  private final ServedModel first = TestModels.echo(1);
  private final ServedModel second = TestModels.echo(2);

  @AfterEach
  void close() {
    RunningServer.await(vertx.close());
  }

  @Test
  void doWork_callsForOneVersion_areInferredTogetherAndAnsweredInOrder() throws Exception {
    offer(first, 1, PendingCall.NO_DEADLINE);
    offer(first, 2, PendingCall.NO_DEADLINE);

    work.doWork();

    assertThat(heard(2)).containsExactly("1: 5.0", "1: 6.0");
    assertThat(meters.get("millrace.inference.rows").tag("model", "echo").summary().count())
        .isEqualTo(1);
  }

  @Test
  void doWork_versionChangesInBetween_eachCallIsAnsweredByItsOwn() throws Exception {
    offer(first, 1, PendingCall.NO_DEADLINE);
    offer(second, 2, PendingCall.NO_DEADLINE);
    offer(first, 3, PendingCall.NO_DEADLINE);

    work.doWork();

    assertThat(heard(3)).containsExactly("1: 5.0", "2: 6.0", "1: 7.0");
  }

  @Test
  void doWork_notFiniteAmongOthers_refusesItAlone() throws Exception {
    offer(first, 1, PendingCall.NO_DEADLINE);
    offer(first, Float.POSITIVE_INFINITY, PendingCall.NO_DEADLINE);
    offer(first, 3, PendingCall.NO_DEADLINE);

    work.doWork();

    assertThat(heard(3)).containsExactly("1: 5.0", "INVALID_ARGUMENT", "1: 7.0");
  }

  @Test
  void doWork_unforeseenFailure_isInternalAndCountedAndTheNextIsAnswered() throws Exception {
    ServedModel failing = TestModels.failing(3);
    try (Logged log = new Logged("io.millrace.runtime.management.UnforeseenFailures")) {
      for (int i = 0; i < 2; i++) {
        offer(failing, 1, PendingCall.NO_DEADLINE);
        offer(failing, 13, PendingCall.NO_DEADLINE);
        offer(first, 2, PendingCall.NO_DEADLINE);
        work.doWork();
      }
      offer(failing, 1, PendingCall.NO_DEADLINE);

      work.doWork();

      assertThat(heard(7))
          .containsExactly(
              "INTERNAL", "INTERNAL", "1: 6.0", "INTERNAL", "INTERNAL", "1: 6.0", "3: 5.0");
      assertThat(meters.get("millrace.requests.failed").counter().count()).isEqualTo(2);
      assertThat(log.lines()).hasSize(1);
    }
  }

  @Test
  void doWork_deadlinePassedWhileWaiting_isNotInferred() throws Exception {
    offer(first, 1, 0);

    work.doWork();

    assertThat(heard(1)).containsExactly("DEADLINE_EXCEEDED");
    assertThat(meters.get("millrace.inference.rows").tag("model", "echo").summary().count())
        .isZero();
  }

  @Test
  void offer_moreRowsThanCapacity_isRefusedUntilSomeAreTaken() throws Exception {
    for (int call = 0; call < CAPACITY_ROWS; call++) {
      assertThat(offer(first, call, PendingCall.NO_DEADLINE)).isTrue();
    }
    assertThat(offer(first, 7, PendingCall.NO_DEADLINE)).isFalse();

    work.doWork();

    assertThat(queue.waitingRows()).isEqualTo(CAPACITY_ROWS - TestModels.MAX_ROWS);
    assertThat(offer(first, 7, PendingCall.NO_DEADLINE)).isTrue();
    work.doWork();
    assertThat(heard(CAPACITY_ROWS + 1)).hasSize(CAPACITY_ROWS + 1);
  }

  @Test
  void onStop_callsStillWaiting_areAnsweredAndNoneIsLetIn() throws Exception {
    for (int call = 0; call < CAPACITY_ROWS; call++) {
      offer(first, call, PendingCall.NO_DEADLINE);
    }
    work.wakeUp();

    work.onStop();

    assertThat(heard(CAPACITY_ROWS)).hasSize(CAPACITY_ROWS);
    assertThat(offer(first, 1, PendingCall.NO_DEADLINE)).isFalse();
  }

  @Test
  void doWork_callsOfDifferentPriority_areTakenByItAndThenInTheirOrder() throws Exception {
    offer(first, Requests.prioritized(3, 3), PendingCall.NO_DEADLINE);
    offer(first, 4, PendingCall.NO_DEADLINE);
    offer(first, Requests.prioritized(1, 1), PendingCall.NO_DEADLINE);
    offer(first, Requests.prioritized(1, 2), PendingCall.NO_DEADLINE);
    offer(first, Requests.prioritized(99, 5), PendingCall.NO_DEADLINE);

    work.doWork();

    assertThat(heard(4)).containsExactly("1: 5.0", "1: 6.0", "1: 8.0", "1: 9.0");
    work.doWork();
    assertThat(heard(1)).containsExactly("1: 7.0");
  }

  @Test
  void doWork_always_countsWhatBecameOfTheRequests() throws Exception {
    offer(first, 1, PendingCall.NO_DEADLINE);
    offer(first, 2, PendingCall.NO_DEADLINE);
    offer(first, Float.NaN, PendingCall.NO_DEADLINE);

    work.doWork();

    ModelStatistics statistics = first.statistics().message("echo", "1");
    assertThat(statistics.getInferenceCount()).isEqualTo(2);
    assertThat(statistics.getExecutionCount()).isEqualTo(1);
    assertThat(statistics.getInferenceStats().getSuccess().getCount()).isEqualTo(2);
    assertThat(statistics.getInferenceStats().getSuccess().getNs())
        .isGreaterThan(statistics.getInferenceStats().getComputeInfer().getNs() / 2);
    assertThat(statistics.getInferenceStats().getFail().getCount()).isEqualTo(1);
    assertThat(statistics.getBatchStatsList())
        .extracting(InferBatchStatistics::getBatchSize)
        .containsExactly(2L);
    assertThat(statistics.getBatchStats(0).getComputeInfer().getCount()).isEqualTo(1);
  }

  @Test
  void doWork_shadows_areInferredWhenNothingElseWaits() throws Exception {
    InferenceCall call =
        (InferenceCall) RequestReader.read(second, Requests.typed(2, 2, 9).build());
    queue.offer(shadow(call));
    offer(first, 1, PendingCall.NO_DEADLINE);

    work.doWork();

    assertThat(heard(1)).containsExactly("1: 5.0");
    assertThat(predicted).doesNotContain("shadow 2");
    work.doWork();
    assertThat(predicted.poll(10, TimeUnit.SECONDS)).isEqualTo("answer 1");
    assertThat(predicted.poll(10, TimeUnit.SECONDS)).isEqualTo("shadow 2");
    assertThat(shadows(GrpcStatus.OK)).isEqualTo(1);
    assertThat(
            meters
                .get("millrace.inference.requests")
                .tag("model", "echo")
                .tag("status", "OK")
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void offer_moreShadowsThanThereIsRoomFor_areRefusedAndTakeNoRoomOfOthers() {
    InferenceCall call =
        (InferenceCall) RequestReader.read(second, Requests.typed(2, 2, 9).build());
    int taken = 0;
    while (queue.offer(shadow(call))) {
      taken++;
    }

    assertThat(taken).isEqualTo(4 * TestModels.MAX_ROWS);
    for (int i = 0; i < CAPACITY_ROWS; i++) {
      assertThat(offer(first, i, PendingCall.NO_DEADLINE)).isTrue();
    }
  }

  private PendingCall shadow(InferenceCall call) {
    ShadowCaller nobody = new ShadowCaller(eventLoop, metrics);
    nobody.asks(metrics.of(call.model()));
    return new PendingCall(call, nobody, System.nanoTime(), PendingCall.NO_DEADLINE);
  }

  private double shadows(GrpcStatus status) {
    return meters
        .get("millrace.inference.shadows")
        .tag("model", "echo")
        .tag("status", status.name())
        .counter()
        .count();
  }

  private boolean offer(ServedModel model, float c, long timeoutNanos) {
    return offer(model, Requests.typed(2, 2, c), timeoutNanos);
  }

  private boolean offer(ServedModel model, ModelInferRequest.Builder request, long timeoutNanos) {
    InferenceCall call = (InferenceCall) RequestReader.read(model, request.build());
    return queue.offer(new PendingCall(call, new Listener(model), System.nanoTime(), timeoutNanos));
  }

  private List<String> heard(int count) throws InterruptedException {
    List<String> answers = new ArrayList<>();
    String answer = heard.poll(10, TimeUnit.SECONDS);
    while (answer != null) {
      answers.add(answer);
      answer = answers.size() < count ? heard.poll(10, TimeUnit.SECONDS) : null;
    }
    return answers;
  }

  private final class Listener extends Caller {
    Listener(ServedModel model) {
      super(eventLoop, metrics);
      asks(metrics.of(model));
    }

    @Override
    public void send(ServedModel model, ModelInferResponse response) {
      heard.add(model.version() + ": " + response.getOutputs(2).getContents().getFp32Contents(0));
    }

    @Override
    public void send(Refusal refusal) {
      heard.add(refusal.status().name());
    }
  }
}
