package io.millrace.learning.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.features.FieldCells;
import io.millrace.learning.features.RawForm;
import io.millrace.learning.random.RandomStream;
import io.millrace.learning.state.State;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Serving gives the network the same inputs as training, bit for bit, for every kind of feature:
 * across checkpoints, restarts of the trainer, and changes of the served version.
 */
class SkewTest {
  private static final int RECORDS = 100_000;
  private static final int BATCH = 50;
  private static final int BATCHES_A_CHECKPOINT = 20;
  private static final List<String> WORDS =
      List.of("red", "green", "blue", "Grün", "42", "true", "", "a longer name of something");

  private final ModelDefinition model = model();
  private final RandomStream random = RandomStream.of(11, 0);

  @Test
  void features_trainedAndServed_areTheSameBits() {
    // Given
    Preprocessing trainer = new Preprocessing(model);
    Preprocessing predictor = new Preprocessing(model);
    State older = saved(trainer);
    float[][] olderTensor = tensor(trainer, rows(0));

    for (int first = 0; first < RECORDS; first += BATCH * BATCHES_A_CHECKPOINT) {
      // When: training continues, a checkpoint is taken, and the trainer is restarted from it
      int last = first + BATCH * (BATCHES_A_CHECKPOINT - 1);
      float[][] trained = {};
      for (int record = first; record <= last; record += BATCH) {
        ExampleBatch rows = rows(record);
        trainer.learn(rows);
        trained = tensor(trainer, rows);
      }
      State checkpoint = saved(trainer);
      trainer = new Preprocessing(model);
      trainer.restore(checkpoint);
      predictor.restore(checkpoint);

      // Then
      assertSameBits(tensor(predictor, rows(last)), trained);
      assertSameBits(tensor(trainer, rows(last)), trained);

      // When: the older version is served again
      predictor.restore(older);

      // Then
      assertSameBits(tensor(predictor, rows(Math.max(0, first - BATCH))), olderTensor);
      older = checkpoint;
      olderTensor = trained;
    }
  }

  @Test
  void restartedTrainer_learnsOnAsTheOtherOne() {
    // Given
    Preprocessing uninterrupted = new Preprocessing(model);
    Preprocessing restarted = new Preprocessing(model);

    // When: one is saved now and then, the other is restarted each time
    for (int record = 0; record < RECORDS / 10; record += BATCH) {
      ExampleBatch rows = rows(record);
      uninterrupted.learn(rows);
      restarted.learn(rows);
      if (random.uniform(-record - 1) < 0.2) {
        State state = saved(restarted);
        restarted = new Preprocessing(model);
        restarted.restore(state);
      }
    }

    // Then
    assertSameBits(tensor(restarted, rows(0)), tensor(uninterrupted, rows(0)));
    Map<String, Object> entries = saved(uninterrupted).entries();
    saved(restarted)
        .entries()
        .forEach(
            (path, value) ->
                assertThat(Objects.deepEquals(value, entries.get(path))).as(path).isTrue());
  }

  @Test
  void copyOfBestWeights_afterMoreWasLearned_isWhatItWas() {
    // Given
    Preprocessing current = new Preprocessing(model);
    Preprocessing best = new Preprocessing(model);
    current.learn(rows(0));
    best.copyFrom(current);
    float[][] then = tensor(best, rows(0));

    // When
    for (int record = BATCH; record < 200 * BATCH; record += BATCH) {
      current.learn(rows(record));
    }

    // Then
    assertSameBits(tensor(best, rows(0)), then);
    current.copyFrom(best);
    assertSameBits(tensor(current, rows(0)), then);
  }

  private float[][] tensor(Preprocessing preprocessing, ExampleBatch rows) {
    float[][] tensor = model.networkInputs(BATCH);
    preprocessing.apply(rows, tensor);
    return tensor;
  }

  /** Returns the records from number {@code first} on, written anew each time. */
  private ExampleBatch rows(int first) {
    ExampleBatch rows = new ExampleBatch(BATCH, model.inputWidths(), model.targetWidths());
    for (int record = first; record < first + BATCH; record++) {
      RandomStream values = random.split(record);
      for (int input = 0; input < model.inputs().size(); input++) {
        List<FieldCells> cells = model.inputs().get(input).cells();
        for (int i = 0; i < cells.size(); i++) {
          int at = rows.size() * rows.inputWidth(input) + cells.get(i).column();
          write(cells.get(i).form(), values.split(100L * input + i), rows.input(input), at);
        }
      }
      rows.advance();
    }
    return rows;
  }

  /** Writes a value of the kind that the form takes, sometimes a missing one if allowed. */
  private static void write(RawForm form, RandomStream random, float[] cells, int at) {
    if (random.uniform(0) < 0.1 && form.missing("nothing", cells, at) == null) {
      return;
    }
    double number = Math.exp(10 * random.normal(1)) * (random.uniform(2) < 0.5 ? -1 : 1);
    number = Math.max(-1e9, Math.min(1e9, number));
    String words = WORDS.get(random.integer(3, WORDS.size()));
    words = form.width() > 2 ? words + " " + random.integer(4, 10_000) + " ends" : words;
    if (form.list() == null) {
      for (int i = 0; i < form.numbers(); i++) {
        assertThat(form.item(i, random.integer(i, 256), cells, at)).isNull();
      }
    } else if (form.number(number, cells, at) != null) {
      assertThat(form.text(words, cells, at)).isNull();
    }
  }

  private static State saved(Preprocessing preprocessing) {
    State state = new State();
    preprocessing.save(state);
    return State.of(new HashMap<>(state.entries()));
  }

  private static void assertSameBits(float[][] actual, float[][] expected) {
    assertThat(expected.length).isEqualTo(actual.length);
    for (int i = 0; i < actual.length; i++) {
      int[] bits = bits(actual[i]);
      assertThat(Arrays.equals(bits, bits(expected[i]))).as("input %s", i).isTrue();
    }
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    return bits;
  }

  private static ModelDefinition model() {
    Map<String, Object> inputs =
        Map.of(
            "numbers", Map.of("features", features()),
            "text", Map.of("features", texts()),
            "plain", Map.of("fields", List.of("x", "y")));
    Map<String, Object> embedding =
        Map.of("type", "embedding", "input_dim", 502, "output_dim", 2, "inputs", List.of("text"));
    Map<String, Object> flat = Map.of("type", "flatten");
    Map<String, Object> both =
        Map.of("type", "concatenate", "inputs", List.of("numbers", "plain", "flatten"));
    Map<String, Object> dense = Map.of("type", "dense", "units", 1);
    Section root =
        Section.root(
            Map.of(
                "inputs", inputs,
                "outputs", Map.of("z", Map.of()),
                "network", Map.of("layers", List.of(embedding, flat, both, dense))));
    ModelDefinition model = ModelDefinition.read(root);
    root.finish();
    return model;
  }

  private static List<Map<String, Object>> texts() {
    return List.of(Map.of("field", "t", "type", "text", "tokens", 4, "vocabulary_size", 500));
  }

  /** Every kind of feature but texts, which an embedding looks up. */
  private static List<Map<String, Object>> features() {
    List<Map<String, Object>> features = new ArrayList<>();
    addNumbers(features);
    addCategories(features);
    features.add(
        Map.of(
            "field", "d",
            "type", "date",
            "missing", "empty",
            "parts",
                List.of(
                    "hour_of_day", "day_of_week", "day_of_month", "day_of_year", "month_of_year")));
    features.add(Map.of("field", "v", "type", "vector", "size", 3, "missing", "empty"));
    features.add(Map.of("field", "i", "type", "image", "shape", List.of(2, 2, 1)));
    return features;
  }

  private static void addNumbers(List<Map<String, Object>> features) {
    for (String scaling : List.of("standard", "min_max", "robust", "none")) {
      features.add(Map.of("fields", List.of(scaling + "_1", scaling + "_2"), "scaling", scaling));
      features.add(
          Map.of(
              "field",
              scaling + "_3",
              "scaling",
              scaling,
              "missing",
              "mean",
              "missing_indicator",
              true,
              "log1p",
              true,
              "clip",
              List.of(-1000, 1000)));
    }
    features.add(Map.of("field", "bucket", "buckets", List.of(-10, 0, 10), "missing", "constant"));
  }

  private static void addCategories(List<Map<String, Object>> features) {
    features.add(Map.of("field", "c1", "type", "category", "vocabulary", List.of("red", "blue")));
    features.add(
        Map.of(
            "fields",
            List.of("c2", "c3"),
            "type",
            "category",
            "vocabulary_size",
            6,
            "missing",
            "empty",
            "missing_indicator",
            true));
    features.add(Map.of("field", "c4", "type", "category", "hash_buckets", 4));
  }
}
