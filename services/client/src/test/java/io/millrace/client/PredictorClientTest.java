package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PredictorClientTest {

  @Test
  void predict_numbersAndTexts_comeBack() throws IOException {
    try (FakePredictor predictor = FakePredictor.answering("7");
        PredictorClient client = client(predictor)) {
      PredictionRequest request =
          PredictionRequest.to("echo")
              .id("one")
              .numbers("pair", new float[] {1, 2}, new float[] {3, 4})
              .texts("city", "Köln", "");

      Prediction prediction = client.predict(request);

      assertThat(prediction.id()).isEqualTo("one");
      assertThat(prediction.version()).isEqualTo("7");
      assertThat(prediction.output("pair").rows()).isEqualTo(2);
      assertThat(prediction.output("pair").row(1)).containsExactly(3, 4);
      assertThat(prediction.classes()).containsEntry("city", List.of("Köln", ""));
      assertThat(prediction.parameters()).containsEntry("trained_records", "15");
    }
  }

  @Test
  void predict_unavailableTwice_isAnsweredAtTheThirdAttempt() throws IOException {
    try (FakePredictor predictor = FakePredictor.refusing(2, GrpcStatus.UNAVAILABLE);
        PredictorClient client = client(predictor)) {
      assertThat(client.predict(request()).version()).isEqualTo("1");
      assertThat(predictor.requests).hasSize(3);
    }
  }

  @Test
  void predict_unavailableForLongerThanItAsks_isRefused() {
    try (FakePredictor predictor = FakePredictor.refusing(3, GrpcStatus.UNAVAILABLE);
        PredictorClient client =
            new PredictorClient(ClientOptions.of(predictor.address()).withAttempts(2))) {
      assertThatThrownBy(() -> client.predict(request()))
          .isInstanceOfSatisfying(
              RefusedException.class, e -> assertThat(e.status()).isEqualTo(GrpcStatus.UNAVAILABLE))
          .hasMessage("not now");
      assertThat(predictor.requests).hasSize(2);
    }
  }

  @Test
  void predict_refusedForGood_isNotAskedAgain() {
    try (FakePredictor predictor = FakePredictor.refusing(1, GrpcStatus.INVALID_ARGUMENT);
        PredictorClient client = client(predictor)) {
      assertThatThrownBy(() -> client.predict(request())).isInstanceOf(RefusedException.class);
      assertThat(predictor.requests).hasSize(1);
    }
  }

  @Test
  void predict_noAnswerBeforeTheDeadline_fails() {
    try (FakePredictor predictor = FakePredictor.slow("1", 60_000);
        PredictorClient client =
            new PredictorClient(
                ClientOptions.of(predictor.address()).withDeadline(Duration.ofMillis(50)))) {
      assertThatThrownBy(() -> client.predict(request()))
          .isInstanceOf(IOException.class)
          .hasMessage("no answer from %s in 50 ms", predictor.address());
    }
  }

  @Test
  void predict_nobodyListens_namesTheAddress() throws IOException {
    Address nobody = freeAddress();
    try (PredictorClient client = new PredictorClient(ClientOptions.of(nobody).withAttempts(2))) {
      assertThatThrownBy(() -> client.predict(request()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no answer from " + nobody)
          .hasMessageContaining("refused");
    }
  }

  @Test
  void predict_firstAddressIsDown_secondAnswers() throws IOException {
    try (FakePredictor predictor = FakePredictor.answering("2");
        PredictorClient client =
            new PredictorClient(
                ClientOptions.of(freeAddress(), predictor.address()).withAttempts(2))) {
      assertThat(client.predict(request()).version()).isEqualTo("2");
    }
  }

  @Test
  void submit_predictorDrains_callsUnderWayAreAnsweredAndNewOnesGoElsewhere() {
    try (FakePredictor first = FakePredictor.slow("1", 200);
        FakePredictor second = FakePredictor.answering("2");
        PredictorClient client =
            new PredictorClient(ClientOptions.of(first.address(), second.address()))) {
      // Given: calls in flight on one connection
      List<CompletableFuture<Prediction>> underWay = submit(client, 20);
      first.awaitRequests(20);

      // When
      first.drain();
      List<CompletableFuture<Prediction>> later = submit(client, 20);

      // Then
      assertThat(underWay).allSatisfy(call -> assertThat(answer(call).version()).isEqualTo("1"));
      assertThat(later).allSatisfy(call -> assertThat(answer(call).version()).isEqualTo("2"));
    }
  }

  @Test
  void predict_tokenThatChanges_theCurrentOneIsSent() throws IOException {
    List<String> tokens = new ArrayList<>(List.of("first", "second"));
    try (FakePredictor predictor = FakePredictor.answering("1");
        PredictorClient client =
            new PredictorClient(
                ClientOptions.of(predictor.address()).withToken(() -> tokens.remove(0)))) {
      client.predict(request());
      client.predict(request());

      assertThat(predictor.authorizations).containsExactly("Bearer first", "Bearer second");
    }
  }

  @Test
  void numbers_rowsOfDifferentWidth_areToldAtOnce() {
    assertThatThrownBy(
            () -> PredictionRequest.to("echo").numbers("pair", new float[] {1, 2}, new float[] {3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "input 'pair' has a row of 1 numbers after one of 2; expected rows of equal width");
  }

  private static List<CompletableFuture<Prediction>> submit(PredictorClient client, int calls) {
    List<CompletableFuture<Prediction>> submitted = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      submitted.add(client.submit(request()));
    }
    return submitted;
  }

  private static PredictorClient client(FakePredictor predictor) {
    return new PredictorClient(ClientOptions.of(predictor.address()));
  }

  private static PredictionRequest request() {
    return PredictionRequest.to("echo").numbers("pair", new float[] {1, 2});
  }

  private static Address freeAddress() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return new Address("127.0.0.1", socket.getLocalPort());
    }
  }

  private static Prediction answer(CompletableFuture<Prediction> call) {
    return call.orTimeout(30, TimeUnit.SECONDS).join();
  }
}
