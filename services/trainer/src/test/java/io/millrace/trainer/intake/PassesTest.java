package io.millrace.trainer.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.Learner;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.LearningEvent;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.Inference;
import io.millrace.learning.model.Model;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Rows that are sent several times: the reported error matches the error on rows never sent. */
class PassesTest {
  private static final int ROWS = 200;
  private static final int FIELDS = 12;
  private static final int PASSES = 60;
  private static final Map<String, Object> VALIDATION =
      Map.of("holdout", 0.2, "window", 40, "min_window", 20, "evaluate_every", 800);

  private final ModelDefinition definition = definition();

  @Test
  void evaluate_manyPassesHeldOutByKey_isWithinReachOfRowsThatWereNeverSent() {
    double test = Math.sqrt(learned("key").test());
    double shown = Math.sqrt(learned("key").shown());
    double leaked = Math.sqrt(learned("offset").shown());

    assertThat(shown).isBetween(0.7 * test, 1.4 * test);
    assertThat(leaked).isLessThan(0.5 * test); // the error if rows are on both sides
  }

  /**
   * @param shown mean squared error of the newest evaluation
   * @param test mean squared error on new rows
   */
  private record Errors(double shown, double test) {}

  /** Learns labels that are mostly noise, pass after pass, until they are memorized. */
  private Errors learned(String holdoutBy) {
    List<Double> losses = new ArrayList<>();
    LearnerSettings settings = settings(holdoutBy);
    Learner learner =
        new Learner(
            definition,
            settings,
            event -> {
              if (event instanceof LearningEvent.Evaluated evaluated) {
                losses.add(Objects.requireNonNull(evaluated.scores().get("val_loss")));
              }
            });
    Holdout holdout = Holdout.by(settings.validation(), learner.context());
    for (int pass = 0; pass < PASSES; pass++) {
      Random random = new Random(1);
      for (int row = 0; row < ROWS; row++) {
        write(learner.batch(), random);
        byte[] key = String.valueOf(row + 1).getBytes(UTF_8);
        ConsumerRecord<byte[], byte[]> record =
            new ConsumerRecord<>("t", 0, (long) pass * ROWS + row, key, new byte[0]);
        if (learner.holdsOut(holdout.hash(record))) {
          learner.validate();
        } else {
          learner.train();
        }
      }
    }
    return new Errors(losses.get(losses.size() - 1), test(learner));
  }

  private double test(Learner learner) {
    Inference inference = new Inference(definition, ROWS);
    inference.load(new Model(definition, learner.weights()));
    ExampleBatch rows = inference.rows();
    float[] labels = new float[ROWS];
    Random random = new Random(2);
    for (int row = 0; row < ROWS; row++) {
      labels[row] = write(rows, random);
      rows.advance();
    }
    inference.run();
    float[] predicted = inference.output(0);
    return IntStream.range(0, ROWS)
        .mapToDouble(row -> Math.pow(predicted[row] - labels[row], 2))
        .average()
        .orElseThrow();
  }

  /** Writes the next row and returns its label. */
  private static float write(ExampleBatch rows, Random random) {
    float sum = 0;
    for (int i = 0; i < FIELDS; i++) {
      float value = (float) random.nextGaussian();
      rows.input(0)[rows.size() * FIELDS + i] = value;
      sum += value;
    }
    float label = 0.1f * sum + (float) random.nextGaussian();
    rows.target(0)[rows.size()] = label;
    rows.weights()[rows.size()] = 1;
    return label;
  }

  private LearnerSettings settings(String holdoutBy) {
    Map<String, Object> validation = new HashMap<>(VALIDATION);
    validation.put("holdout_by", holdoutBy);
    return LearnerSettings.read(
        Section.root(
            Map.of(
                "validation",
                validation,
                "training",
                Map.of("optimizer", Map.of("type", "adam", "learning_rate", 0.005)))),
        definition);
  }

  private static ModelDefinition definition() {
    Map<String, Object> input = Map.of("size", FIELDS, "scaling", "none");
    List<Object> layers =
        List.of(
            Map.of("type", "dense", "units", 96, "activation", "relu"),
            Map.of("type", "dense", "units", 48, "activation", "relu"),
            Map.of("type", "dense", "units", 1));
    return ModelDefinition.read(
        Section.root(
            Map.of(
                "inputs", Map.of("x", input),
                "network", Map.of("layers", layers),
                "outputs", Map.of("y", Map.of()))));
  }
}
