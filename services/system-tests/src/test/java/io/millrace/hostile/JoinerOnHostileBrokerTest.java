package io.millrace.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.hostile.HostileBroker.Place;
import io.millrace.joiner.JoinerService;
import java.util.List;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** For every topic that a joiner writes: it goes on, and nothing is lost or comes twice. */
class JoinerOnHostileBrokerTest extends OnHostileBroker {
  private static final int PAIRS = 100;

  @ParameterizedTest
  @CsvSource({
    "DOOR, records, INVALID_TIMESTAMP",
    "DOOR, records, INVALID_RECORD",
    "DOOR, records, UNKNOWN_SERVER_ERROR",
    "LOG, records, UNKNOWN_SERVER_ERROR",
    "DOOR, unjoined, MESSAGE_TOO_LARGE",
    "DOOR, join-entries-changelog, UNKNOWN_SERVER_ERROR",
    "DOOR, join-ledger-changelog, NOT_ENOUGH_REPLICAS",
  })
  void joiner_writesFail_theSameProcessJoinsEveryPairOnce(Place place, String suffix, Errors error)
      throws Exception {
    String topic = topic(suffix);
    JoinerService joiner = joiner();
    sendPairs(0, PAIRS / 2);
    await(() -> joined().size() == PAIRS / 2);
    broker.refuse(place, topic, error, 1);
    sendPairs(PAIRS / 2, PAIRS);

    awaitAllJoined(joiner);

    assertThat(broker.hasRefused(topic)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"records", "unjoined", "join-entries-changelog"})
  void joiner_answersBreakOffAndComeLateAndTheBrokerRestarts_theSameProcessJoinsEveryPairOnce(
      String suffix) throws Exception {
    JoinerService joiner = joiner();
    trouble(topic(suffix), this::sendPairs, PAIRS);

    awaitAllJoined(joiner);
  }

  private void sendPairs(int from, int to) {
    for (int pair = from; pair < to; pair++) {
      stream.send(topic("features"), "k" + pair, "{\"x\":1}");
      stream.send(topic("labels"), "k" + pair, "{\"y\":\"a\"}");
      stream.send(topic("labels"), "k" + pair, "{\"y\":\"a\"}");
    }
    stream.flush();
  }

  private void awaitAllJoined(JoinerService joiner) throws InterruptedException {
    await(() -> joined().size() >= PAIRS && stream.committed(topic("unjoined")).size() >= PAIRS);
    assertThat(joiner.stop(PATIENCE)).isTrue();
    assertThat(failures).isEmpty();
    assertThat(joined()).hasSize(PAIRS).doesNotHaveDuplicates();
    assertThat(stream.committed(topic("unjoined"))).hasSize(PAIRS);
  }

  private List<String> joined() {
    return keys(topic("records"));
  }

  private JoinerService joiner() {
    JoinerService joiner =
        new JoinerService(
            stream.configuration().joiner().orElseThrow(),
            health,
            metrics,
            (name, e) -> failures.add(e));
    joiner.start();
    return joiner;
  }
}
