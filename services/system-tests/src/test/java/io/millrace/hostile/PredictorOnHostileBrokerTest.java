package io.millrace.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.Address;
import io.millrace.client.ClientOptions;
import io.millrace.client.PredictionRequest;
import io.millrace.client.PredictorClient;
import io.millrace.hostile.HostileBroker.Place;
import io.millrace.predictor.PredictorService;
import io.millrace.trainer.TrainerService;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** For the log of predictions: the predictor goes on, and nothing is lost or comes twice. */
class PredictorOnHostileBrokerTest extends OnHostileBroker {
  private static final int LEARNED = HostileStream.RECORDS / HostileStream.BAD_EVERY;
  private static final int CALLS = 100;

  @ParameterizedTest
  @CsvSource({
    "DOOR, INVALID_TIMESTAMP",
    "LOG, INVALID_TIMESTAMP",
    "DOOR, TOPIC_AUTHORIZATION_FAILED",
  })
  void predictor_logIsRefused_everyCallIsAnsweredAndEachPredictionThereOrCounted(
      Place place, Errors error) throws Exception {
    PredictorService predictor = trainedPredictor();
    broker.refuse(place, topic("log"), error, 2);

    call(predictor, 0, CALLS);

    await(() -> count("written") + count("dropped") == CALLS);
    assertThat(broker.hasRefused(topic("log"))).isTrue();
    assertThat(count("dropped")).isPositive();
    assertThat(logged()).hasSize((int) (place == Place.LOG ? CALLS : count("written")));
    assertThat(predictor.stop(PATIENCE)).isTrue();
    assertThat(failures).isEmpty();
  }

  @Test
  void predictor_firstWriteMeetsNoLeader_everyPredictionIsThereOnce() throws Exception {
    PredictorService predictor = trainedPredictor();
    broker.refuse(Place.DOOR, topic("log"), Errors.NOT_LEADER_OR_FOLLOWER, 1);
    broker.delay(50); // while another write could be under way

    call(predictor, 0, CALLS);
    broker.delay(0);

    await(() -> count("written") == CALLS);
    assertThat(logged()).hasSize(CALLS);
    assertThat(predictor.stop(PATIENCE)).isTrue();
    assertThat(failures).isEmpty();
  }

  @Test
  void predictor_answersBreakOffAndComeLateAndTheBrokerRestarts_everyPredictionIsThereOnce()
      throws Exception {
    PredictorService predictor = trainedPredictor();
    trouble(topic("log"), (from, to) -> call(predictor, from, to), CALLS);

    await(() -> count("written") + count("dropped") == CALLS);
    assertThat(logged()).hasSize(CALLS);
    assertThat(predictor.stop(PATIENCE)).isTrue();
    assertThat(failures).isEmpty();
  }

  private PredictorService trainedPredictor() throws Exception {
    TrainerService trainer = trainer();
    stream.produce(0, LEARNED);
    await(() -> records(trainer) == LEARNED);
    assertThat(trainer.stop(PATIENCE)).isTrue();
    PredictorService predictor =
        new PredictorService(
            stream.configuration().predictor(), health, metrics, (name, e) -> failures.add(e));
    predictor.start();
    await(() -> health.reasonsAgainstReadiness().isEmpty());
    return predictor;
  }

  private void call(PredictorService predictor, int from, int to) throws Exception {
    try (PredictorClient client =
        new PredictorClient(ClientOptions.of(new Address("127.0.0.1", predictor.port())))) {
      for (int call = from; call < to; call++) {
        client.predict(
            PredictionRequest.to(stream.configuration().model())
                .id("call" + call)
                .numbers("f", new float[] {1}));
      }
    }
  }

  /** Returns the keys of the predictions that are written down; each is there once. */
  private Set<String> logged() {
    List<String> keys = keys(topic("log"));
    assertThat(keys).doesNotHaveDuplicates();
    return Set.copyOf(keys);
  }

  private double count(String name) {
    return metrics.registry().get("millrace.prediction.log." + name).counter().count();
  }
}
