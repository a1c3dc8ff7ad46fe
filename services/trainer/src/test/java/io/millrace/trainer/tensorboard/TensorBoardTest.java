package io.millrace.trainer.tensorboard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.learning.Learner;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.inspection.Histogram;
import io.millrace.learning.inspection.Inspection;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.proto.events.v1.Rival;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.proto.tensorboard.v1.HParamsPluginData;
import io.millrace.proto.tensorboard.v1.HistogramProto;
import io.millrace.proto.tensorboard.v1.SessionEndInfo;
import io.millrace.proto.tensorboard.v1.SessionStartInfo;
import io.millrace.proto.tensorboard.v1.SessionStatus;
import io.millrace.proto.tensorboard.v1.Summary.Image;
import io.millrace.proto.tensorboard.v1.Summary.Value;
import io.millrace.settings.Section;
import io.millrace.trainer.LoggedLines;
import io.millrace.trainer.tensorboard.EventFiles.Point;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardTest {
  private static final long START = 1_790_000_000_123L;

  private final List<TrainingEvent> topic = new ArrayList<>();
  private final AtomicInteger unwritten = new AtomicInteger();
  @TempDir private Path folder;

  @Test
  void crc_ofTheStandardsExample_isIts() {
    assertThat(EventFiles.crc("123456789".getBytes(UTF_8))).isEqualTo(0xe3069283);
  }

  @Test
  void write_evaluations_haveKerasNamesAndTheEventsValues() throws Exception {
    TensorBoard board = board();

    publish(board, 2);
    stop(board);

    assertThat(EventFiles.scalars(train(), "epoch_loss"))
        .containsExactly(
            new Point(100, START + 1, 0.7f), new Point(200, START + 2, (float) (0.7 / 2)));
    assertThat(EventFiles.scalars(train(), "epoch_learning_rate"))
        .extracting(Point::value)
        .containsExactly(0.002f, 0.002f);
    assertThat(EventFiles.scalars(validation(), "epoch_loss"))
        .extracting(Point::value)
        .containsExactly((float) (0.9 / 1), (float) (0.9 / 2));
    assertThat(EventFiles.scalars(validation(), "epoch_loss[carrier=AA]")).hasSize(2);
    assertThat(EventFiles.scalars(validation(), "epoch_learning_rate")).isEmpty();
  }

  @Test
  void write_rivals_haveRunsBesideTheirCombination() throws Exception {
    // Given: a process that has not told its board of the second evaluation
    TensorBoard first = board();
    publish(first, 1, "fast", "slow");
    stop(first);
    publish(ignored -> {}, 1, "fast", "slow");

    // When: another rival has come in the place of one
    TensorBoard second = board();
    publish(second, 2, "fast", "fast-2");
    stop(second);

    // Then
    Path model = folder.resolve("numbers");
    assertThat(EventFiles.scalars(model.resolve("rival-fast"), "epoch_share"))
        .containsExactly(
            new Point(100, START + 1, 0.75f),
            new Point(200, START + 2, 0.75f),
            new Point(300, START + 3, 0.75f),
            new Point(400, START + 4, 0.75f));
    assertThat(EventFiles.scalars(model.resolve("rival-fast"), "epoch_loss")).hasSize(4);
    assertThat(EventFiles.scalars(model.resolve("rival-slow"), "epoch_share"))
        .extracting(Point::step)
        .containsExactly(100L, 200L);
    assertThat(EventFiles.scalars(model.resolve("rival-fast-2"), "epoch_loss")).isEmpty();
    assertThat(EventFiles.scalars(model.resolve("rival-fast-2"), "epoch_learning_rate"))
        .extracting(Point::value)
        .containsExactly(0.004f, 0.004f);
  }

  @Test
  void restart_evaluationsThatWereNotWritten_areTakenFromTheTopicOnce() throws Exception {
    // Given: a process that ended in the middle of a record, and had published two more
    TensorBoard first = board();
    publish(first, 3);
    stop(first);
    EventFiles.tear(EventFiles.of(validation()).get(0));
    publish(ignored -> {}, 2);

    // When
    TensorBoard second = board();
    publish(second, 1);
    stop(second);

    // Then
    for (Path run : List.of(train(), validation())) {
      assertThat(EventFiles.of(run)).hasSize(2);
      assertThat(EventFiles.scalars(run, "epoch_loss"))
          .extracting(Point::step)
          .containsExactly(100L, 200L, 300L, 400L, 500L, 600L);
    }
  }

  @Test
  void write_numbersThatAreMissing_areTakenFromTheTopic() throws Exception {
    TensorBoard board = board();
    publish(board, 1);
    board.doWork();

    publish(ignored -> {}, 2); // a checkpoint whose outcome the trainer did not learn
    publish(board, 1);
    stop(board);

    assertThat(EventFiles.scalars(train(), "epoch_loss"))
        .extracting(Point::step)
        .containsExactly(100L, 200L, 300L, 400L);
  }

  @Test
  void write_impossible_isSaidOnceAndMadeUpForLater() throws Exception {
    // Given: a file where the folder of a run should be
    TensorBoard board = board();
    Path obstacle = Files.createDirectories(train().getParent()).resolve("train");
    Files.writeString(obstacle, "");

    try (LoggedLines log = new LoggedLines(TensorBoard.class.getName())) {
      // When
      publish(board, 1);
      board.doWork();
      publish(board, 1);
      board.doWork();
      Files.delete(obstacle);
      publish(board, 1);
      stop(board);

      // Then
      assertThat(log.lines()).hasSize(2);
      assertThat(log.lines().get(0))
          .startsWith("WARN TensorBoard's files in " + folder.resolve("numbers"))
          .contains("train is no folder");
      assertThat(log.lines().get(1)).startsWith("INFO");
    }
    assertThat(unwritten).hasValue(2);
    assertThat(EventFiles.scalars(train(), "epoch_loss")).hasSize(3);
    assertThat(EventFiles.scalars(validation(), "epoch_loss")).hasSize(3);
  }

  @Test
  void write_lookAtAnEvaluation_isThatOfTheSameStep() throws Exception {
    // Given
    TensorBoard board = board();
    Learner learner = learner();
    learn(learner, 100);
    learner.flush();
    Inspection look = learner.inspect();
    board.evaluated(learner, look);

    // When: it has consumed as many records as the first event tells of
    publish(board, 2);
    stop(board);

    // Then
    HistogramProto histogram =
        EventFiles.values(train(), "hidden/kernel/histogram").get(0).getHisto();
    Histogram kernel = look.weights().get(1).values();
    assertThat(histogram.getBucketLimitList()).isEqualTo(kernel.limits());
    assertThat(histogram.getBucketList()).hasSize(30);
    assertThat(histogram.getSumSquares()).isEqualTo(kernel.sumOfSquares());
    assertThat(EventFiles.values(train(), "hidden/kernel/gradient/histogram")).hasSize(1);
    BufferedImage picture =
        picture(EventFiles.values(validation(), "confusion_matrix/side").get(0).getImage());
    assertThat(picture.getWidth()).isGreaterThan(2 * 46);
    List<String> table = Files.readAllLines(folder.resolve("numbers/words.tsv"));
    assertThat(table).hasSize(5).allMatch(line -> line.split("\t").length == 3);
    assertThat(Float.parseFloat(table.get(0).split("\t")[0]))
        .isEqualTo(learner.weights().floats("parameters")[0]);
    assertThat(folder.resolve("numbers/projector_config.pbtxt"))
        .hasContent("embeddings {\n  tensor_name: \"words\"\n  tensor_path: \"words.tsv\"\n}\n");
  }

  @Test
  void write_settings_areTextAndHyperparametersWithoutSecrets() throws Exception {
    TensorBoard board = board();
    publish(board, 1);
    stop(board);

    Path model = folder.resolve("numbers");
    String text =
        EventFiles.values(model, "settings").get(0).getTensor().getStringVal(0).toStringUtf8();
    HParamsPluginData session = hparams("_hparams_/session_start_info");
    HParamsPluginData experiment = hparams("_hparams_/experiment");
    assertThat(text).contains("    network:\n").contains("batch_size: 16");
    assertThat(session.getSessionStartInfo().getHparamsMap())
        .containsKeys("training.optimizer.type", "network.layers[2].units")
        .hasEntrySatisfying(
            "training.batch_size", size -> assertThat(size.getNumberValue()).isEqualTo(16))
        .hasEntrySatisfying(
            "training.optimizer.learning_rate",
            rate -> assertThat(rate.getNumberValue()).isEqualTo(2e-3));
    assertThat(experiment.getExperiment().getMetricInfosList())
        .extracting(metric -> metric.getName().getGroup() + "/" + metric.getName().getTag())
        .containsExactly("validation/epoch_loss", "validation/epoch_accuracy");
    for (Path file : EventFiles.of(model)) {
      assertThat(Files.readString(file, ISO_8859_1)).doesNotContain("hush").doesNotContain("sasl");
    }
  }

  @Test
  void stop_inOrder_endsTheSessionOfTheHyperparameters() throws Exception {
    TensorBoard board = board();
    publish(board, 1);
    board.doWork();
    assertThat(EventFiles.values(folder.resolve("numbers"), "_hparams_/session_end_info"))
        .isEmpty();

    stop(board);

    assertThat(hparams("_hparams_/session_end_info").getSessionEndInfo().getStatus())
        .isEqualTo(SessionStatus.STATUS_SUCCESS);
  }

  @Test
  void write_trialOfASearch_isASessionWithItsScores() throws Exception {
    Map<String, Object> tried = Map.of("units", 8, "network.layers[0].activation", "relu");
    Map<String, Double> figures = Map.of("best/val_loss", 0.5, "best/loss", Double.NaN);
    Path run = folder.resolve("numbers");

    new TrialRun(tried, "val_loss", List.of(Double.NaN, 0.5, 0.7), figures, false, 12)
        .write(run, START);

    SessionStartInfo start = hparams("_hparams_/session_start_info").getSessionStartInfo();
    SessionEndInfo end = hparams("_hparams_/session_end_info").getSessionEndInfo();
    assertThat(start.getHparamsMap()).containsOnlyKeys(tried.keySet());
    assertThat(start.getHparamsOrThrow("units").getNumberValue()).isEqualTo(8);
    assertThat(end.getStatus()).isEqualTo(SessionStatus.STATUS_SUCCESS);
    assertThat(end.getEndTimeSecs() - start.getStartTimeSecs()).isCloseTo(12, within(1e-3));
    assertThat(EventFiles.scalars(run, "val_loss"))
        .containsExactly(new Point(2, START, 0.5f), new Point(3, START, 0.7f));
    assertThat(EventFiles.scalars(run, "best/val_loss")).hasSize(1);
    assertThat(EventFiles.scalars(run, "best/loss")).isEmpty();
  }

  private HParamsPluginData hparams(String tag) throws IOException, InvalidProtocolBufferException {
    Value value = EventFiles.values(folder.resolve("numbers"), tag).get(0);
    assertThat(value.getMetadata().getPluginData().getPluginName()).isEqualTo("hparams");
    return HParamsPluginData.parseFrom(value.getMetadata().getPluginData().getContent());
  }

  private static BufferedImage picture(Image image) throws IOException {
    BufferedImage read =
        Objects.requireNonNull(ImageIO.read(image.getEncodedImageString().newInput()));
    assertThat(List.of(image.getWidth(), image.getHeight()))
        .containsExactly(read.getWidth(), read.getHeight());
    return read;
  }

  private Path train() {
    return folder.resolve("numbers/train");
  }

  private Path validation() {
    return folder.resolve("numbers/validation");
  }

  private TensorBoard board() {
    Section root = Section.root(document());
    TensorBoardSettings settings =
        TensorBoardSettings.read(root, "network", "training").orElseThrow();
    ModelDefinition definition = ModelDefinition.read(root);
    LearnerSettings learner = LearnerSettings.read(root, definition);
    return new TensorBoard(
        settings,
        "numbers",
        definition,
        About.of(settings.shown(), definition, learner, 1),
        (millis, before, target) -> {
          for (TrainingEvent event : topic) {
            if (event.getTimeMillis() >= millis && event.getNumber() < before) {
              target.add(event);
            }
          }
        },
        unwritten::incrementAndGet);
  }

  private Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("inputs", Map.of("word", Map.of("fields", List.of("w"), "scaling", "none")));
    document.put("outputs", Map.of("side", Map.of("classes", List.of("left", "right"))));
    document.put(
        "network",
        Map.of(
            "layers",
            List.of(
                Map.of("type", "embedding", "name", "words", "input_dim", 5, "output_dim", 3),
                Map.of("type", "flatten"),
                Map.of("type", "dense", "name", "hidden", "units", 2, "activation", "softmax"))));
    document.put("training", Map.of("batch_size", 16));
    document.put(
        "kafka",
        Map.of(
            "properties", Map.of("sasl.jaas.config", "password=hush", "bootstrap.servers", "b")));
    document.put("tensorboard", Map.of("log_dir", folder.toString(), "embeddings", true));
    return document;
  }

  private Learner learner() {
    Section root = Section.root(document());
    ModelDefinition definition = ModelDefinition.read(root);
    return new Learner(definition, LearnerSettings.read(root, definition));
  }

  private static void learn(Learner learner, int records) {
    for (int record = 0; record < records; record++) {
      int row = learner.batch().size();
      learner.batch().input(0)[row] = record % 5;
      learner.batch().target(0)[row] = record % 2;
      if (record % 10 == 0) {
        learner.validate();
      } else {
        learner.train();
      }
    }
  }

  /**
   * Publishes as many evaluations, 100 records and a millisecond apart.
   *
   * @param rivals none, or two, of which the loss of the first is known
   */
  private void publish(Consumer<TrainingEvent> board, int count, String... rivals) {
    for (int i = 0; i < count; i++) {
      int number = topic.size() + 1;
      TrainingEvent.Builder event =
          TrainingEvent.newBuilder()
              .setNumber(number)
              .setRecords(number * 100L)
              .setTimeMillis(START + number);
      event
          .getEvaluationBuilder()
          .setLearningRate(0.002)
          .putMetrics("loss", 0.7 / number)
          .putMetrics("val_loss", 0.9 / number)
          .putMetrics("val_loss[carrier=AA]", 0.5);
      for (String rival : rivals) {
        Rival.Builder told = event.getEvaluationBuilder().addRivalsBuilder().setName(rival);
        told.setShare(rival.equals(rivals[0]) ? 0.75 : 0.25).setLearningRate(0.004);
        if (rival.equals(rivals[0])) {
          told.setLoss(0.5);
        }
      }
      topic.add(event.build());
      board.accept(event.build());
    }
  }

  private static void stop(TensorBoard board) {
    board.onStop();
    board.onClose();
  }
}
