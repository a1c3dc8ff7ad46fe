package io.millrace.cli.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.predict.Features;
import io.millrace.cli.scores.PredictionText;
import io.millrace.cli.scores.Score;
import io.millrace.client.Output;
import io.millrace.client.Prediction;
import io.millrace.client.PredictorClient;
import io.millrace.client.RefusedException;
import io.millrace.learning.model.OutputSettings;
import io.millrace.trainer.intake.Holdout;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Predicts the held-out rows and compares the answers with their labels. Confined to one thread.
 */
final class HeldOutRows {
  private static final int ROWS_PER_CALL = 256;

  private final Configuration configuration;
  private final OutputSettings output;
  private final LetterStream stream;
  private final PredictorClient client;
  private final List<Integer> rows;
  private int next;

  HeldOutRows(Configuration configuration, LetterStream stream, PredictorClient client) {
    this.configuration = configuration;
    this.output = configuration.definition().outputs().get(0);
    this.stream = stream;
    this.client = client;
    this.rows = IntStream.range(0, stream.rows()).filter(this::isHeldOut).boxed().toList();
  }

  int size() {
    return rows.size();
  }

  /**
   * Predicts the next few rows, in turn.
   *
   * @param record the stream's position, which determines the labels
   * @return the result; {@link Frame.Served#NOTHING} before the first model
   */
  Frame.Served sample(long record) throws IOException {
    int end = Math.min(rows.size(), next + ROWS_PER_CALL);
    List<Integer> asked = rows.subList(next, end);
    next = end == rows.size() ? 0 : end;
    Score score = Score.of(output);
    try {
      Prediction prediction = ask(asked, record, score);
      String label = stream.label(asked.get(0), record);
      String read = PredictionText.brief(output, outputOf(prediction), 0);
      String example = "e.g. %s read as %s".formatted(label, read);
      return new Frame.Served(prediction.version(), score.headline().value(), example);
    } catch (RefusedException e) {
      if (e.status() == GrpcStatus.UNAVAILABLE) {
        return Frame.Served.NOTHING;
      }
      throw e;
    }
  }

  /** Returns whether the served model has learned from this many records. */
  boolean hasLearned(long records) throws IOException {
    try {
      Prediction prediction = ask(rows.subList(0, 1), records, Score.of(output));
      String position = configuration.records().topic() + "-0:" + records;
      return position.equals(prediction.parameters().get("position"));
    } catch (RefusedException e) {
      if (e.status() == GrpcStatus.UNAVAILABLE) {
        return false;
      }
      throw e;
    }
  }

  /** Predicts all rows and compares them with the labels at this point of the stream. */
  Frame.Served all(long record) throws IOException {
    Score score = Score.of(output);
    String version = "";
    for (int begin = 0; begin < rows.size(); begin += ROWS_PER_CALL) {
      int end = Math.min(rows.size(), begin + ROWS_PER_CALL);
      version = ask(rows.subList(begin, end), record, score).version();
    }
    return new Frame.Served(version, score.headline().value(), "");
  }

  private Prediction ask(List<Integer> asked, long record, Score score) throws IOException {
    Features features = new Features(configuration.definition());
    for (int row : asked) {
      List<String> cells = stream.cells(row);
      features.add(field -> List.of(cells.get(stream.header().indexOf(field))));
    }
    Prediction prediction = client.predict(features.requestTo(configuration.model()));
    for (int i = 0; i < asked.size(); i++) {
      score.add(outputOf(prediction), i, stream.label(asked.get(i), record));
    }
    return prediction;
  }

  private Output outputOf(Prediction prediction) {
    return prediction.output(output.name());
  }

  /** Applies the trainer's own rule to the key that the replay gives the row. */
  private boolean isHeldOut(int row) {
    byte[] key = LetterStream.key(row).getBytes(US_ASCII);
    long hash = Holdout.KEY.hash(new ConsumerRecord<>("", 0, 0, key, key));
    return configuration.trainer().learner().validation().holdsOut(hash);
  }
}
