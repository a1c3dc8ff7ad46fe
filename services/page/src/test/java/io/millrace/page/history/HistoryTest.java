package io.millrace.page.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.page.json.JsonText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final int TWO_MEGABYTES = 2_000_000;

  private final History history = new History();

  @Test
  void write_fewEvaluations_areAllThereInTheirColumns() {
    history.add(evaluated(1, Map.of("loss", 0.5)));
    history.add(evaluated(2, Map.of("loss", 0.25, "val_loss", 1.5)));
    history.add(new Evaluated(3, 300, 3000, Map.of("val_loss", Double.NaN), Double.NaN, Map.of()));

    JsonObject json = written(1000);

    assertThat(json.getJsonArray("records")).containsExactly(100, 200, 300);
    assertThat(json.getJsonArray("time")).containsExactly(1000, 2000, 3000);
    JsonObject series = json.getJsonObject("series");
    assertThat(series.getJsonArray("loss")).containsExactly(0.5, 0.25, null);
    assertThat(series.getJsonArray("val_loss")).containsExactly(null, 1.5, null);
    assertThat(series.getJsonArray("learning_rate")).containsExactly(0.125, 0.125, null);
  }

  @Test
  void write_tooManyPoints_keepsExtremesAndTheNewestAndComesInOrder() {
    for (int number = 1; number <= 100_000; number++) {
      double loss = number == 70_001 ? 9 : number == 70_002 ? -9 : 1;
      history.add(evaluated(number, Map.of("loss", number == 100_000 ? 0.75 : loss)));
    }

    JsonObject json = written(500);
    List<Double> losses = numbers(json.getJsonObject("series").getJsonArray("loss"));
    List<Double> records = numbers(json.getJsonArray("records"));

    assertThat(losses).hasSameSizeAs(records).hasSizeBetween(200, 500).contains(9.0, -9.0);
    assertThat(losses.indexOf(9.0)).isLessThan(losses.indexOf(-9.0));
    assertThat(losses.get(losses.size() - 1)).isEqualTo(0.75);
    assertThat(records).isSorted().last().isEqualTo(10_000_000.0);
    int peak = losses.indexOf(9.0);
    assertThat(records.get(peak)).isBetween(6_900_000.0, 7_100_000.0);
  }

  @Test
  void write_sharesOfRivals_addUpHoweverManyAndGoWithTheirRival() {
    for (int number = 1; number <= 100_000; number++) {
      double share = (number * 37 % 100) / 128.0;
      String second = number < 50_000 ? "slow" : "slow-2";
      Map<String, Double> shares = Map.of("fast", share, second, 1 - share);
      history.add(new Evaluated(number, 100L * number, number, Map.of(), 0.125, shares));
    }

    JsonObject json = written(500).getJsonObject("shares");
    JsonObject series = json.getJsonObject("series");
    assertThat(series.fieldNames()).containsExactlyInAnyOrder("fast", "slow-2");
    JsonArray fast = series.getJsonArray("fast");
    JsonArray second = series.getJsonArray("slow-2");
    assertThat(json.getJsonArray("records").size()).isEqualTo(fast.size()).isBetween(200, 500);
    assertThat(second.getValue(0)).isNull();
    for (int point = 0; point < fast.size(); point++) {
      if (second.getValue(point) != null) {
        assertThat(fast.getDouble(point) + second.getDouble(point)).isEqualTo(1);
      }
    }
    assertThat(second.getDouble(second.size() - 1)).isEqualTo(1.0);

    history.add(evaluated(100_001, Map.of("loss", 1.0))); // it has one learner now

    assertThat(written(500).getJsonObject("shares").getJsonArray("records")).isEmpty();
  }

  @Test
  void write_aMillionEventsOfManySlices_staysBelowTwoMegabytes() {
    Map<String, Double> scores = new HashMap<>();
    for (int slice = 0; slice < 100; slice++) {
      scores.put("val_loss[carrier=" + "x".repeat(100) + slice + "]", slice / 7.0);
    }
    for (int score = 0; score < 20; score++) {
      scores.put("val_score_" + score, score / 3.0);
    }
    for (int number = 1; number <= 1_000_000; number++) {
      history.add(
          number % 10 == 0
              ? new Mark(
                  number, number, number, "kind_" + number % 700, "\u0001\u20ac".repeat(5000))
              : evaluated(number, number % 9 == 0 ? scores : Map.of("loss", number / 3.0)));
    }
    for (int second = 0; second < 100_000; second++) {
      history.sample(second * 1000L, Map.of("lag", second / 3.0, "rejected", 1e300));
    }

    assertThat(JsonText.object(json -> history.write(json, 5000)).length())
        .isLessThan(TWO_MEGABYTES);
    JsonObject series = written(5000).getJsonObject("series");
    assertThat(series.fieldNames()).hasSizeLessThanOrEqualTo(64).contains("loss", "val_score_7");
    assertThat(series.fieldNames().stream().filter(name -> name.endsWith("]"))).hasSize(40);
  }

  @Test
  void write_manyMarks_keepsTheNewestOfEachKind() {
    history.add(mark(1, "drift_detected"));
    IntStream.rangeClosed(2, 1000).forEach(number -> history.add(mark(number, "promoted")));

    List<Integer> numbers =
        written(1000).getJsonArray("marks").stream()
            .map(mark -> ((JsonObject) mark).getInteger("number"))
            .toList();

    assertThat(numbers).hasSize(51).startsWith(1, 951).endsWith(1000);
  }

  @Test
  void add_numberThatWasThere_beginsANewLife() {
    history.add(evaluated(1, Map.of("loss", 1.0)));
    history.add(mark(2, "promoted"));
    long before = history.position();

    history.add(evaluated(1, Map.of("val_loss", 2.0)));

    JsonObject json = written(1000);
    assertThat(json.getJsonArray("records")).containsExactly(100);
    assertThat(json.getJsonArray("marks")).isEmpty();
    assertThat(json.getJsonObject("series").fieldNames()).doesNotContain("loss");
    assertThat(history.since(before, 10).isBroken()).isTrue();
    assertThat(history.since(before, 10).events()).hasSize(1);
  }

  @Test
  void since_readerThatIsTooLate_getsTheNewestAndIsTold() {
    long begin = history.position();
    IntStream.rangeClosed(1, 1000).forEach(number -> history.add(mark(number, "promoted")));

    History.News late = history.since(begin, 100);
    History.News next = history.since(late.position(), 1000);

    assertThat(late.isBroken()).isTrue();
    assertThat(late.events()).hasSize(100);
    assertThat(next.isBroken()).isFalse();
    assertThat(next.events()).last().extracting(Happening::number).isEqualTo(1000L);
    assertThat(next.position()).isEqualTo(history.position());
    assertThat(history.since(history.positionAfter(998), 10).events())
        .extracting(Happening::number)
        .containsExactly(999L, 1000L);
  }

  private JsonObject written(int points) {
    return new JsonObject(JsonText.object(json -> history.write(json, points)));
  }

  private static Evaluated evaluated(long number, Map<String, Double> scores) {
    return new Evaluated(number, 100 * number, 1000 * number, scores, 0.125, Map.of());
  }

  private static Mark mark(long number, String kind) {
    return new Mark(number, 100 * number, 1000 * number, kind, "happened");
  }

  private static List<Double> numbers(JsonArray column) {
    return column.stream()
        .map(number -> ((Number) number).doubleValue())
        .collect(Collectors.collectingAndThen(Collectors.toList(), Collections::unmodifiableList));
  }
}
