package io.millrace.cli.tryout;

import io.millrace.cli.embedded.Checks;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.predict.Features;
import io.millrace.cli.predict.FilePredictions;
import io.millrace.cli.predict.FileRow;
import io.millrace.cli.predict.FileSummary;
import io.millrace.cli.predict.FleetKey;
import io.millrace.cli.tables.Table;
import io.millrace.client.Prediction;
import io.millrace.client.PredictorClient;
import io.millrace.client.RefusedException;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/** The predictor's answers for rows of files. Confined to one thread. */
final class Served {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long ASK_EVERY_MILLIS = 20;

  private final Configuration configuration;
  private final PredictorClient client;

  Served(Configuration configuration, PredictorClient client) {
    this.configuration = configuration;
    this.client = client;
  }

  /**
   * Waits until the predictor serves what was learned last. It does not wait for long, since a
   * checkpoint that is worse than an earlier one is held back.
   *
   * @param probe a row that can be predicted
   * @param isAwaited whether an answer is by the awaited model
   */
  void await(FileRow probe, Predicate<Prediction> isAwaited, Checks checks)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!answers(probe, isAwaited) && System.nanoTime() < end) {
      checks.run();
      TimeUnit.MILLISECONDS.sleep(ASK_EVERY_MILLIS);
    }
  }

  /**
   * Predicts rows of a file.
   *
   * @param isAsked whether the row with a number, from 1, is predicted
   */
  FileSummary predict(Path file, LongPredicate isAsked) throws IOException {
    FileSummary summary = new FileSummary(configuration.definition());
    FilePredictions predictions =
        new FilePredictions(
            configuration.model(),
            configuration.definition(),
            FleetKey.NONE,
            client,
            List.of(summary));
    try (Table table = Table.open(file, configuration.file())) {
      for (long number = 1; table.hasNext(); number++) {
        FileRow row = FileRow.next(table);
        if (isAsked.test(number)) {
          predictions.add(row);
        }
      }
    }
    predictions.finish();
    return summary;
  }

  private boolean answers(FileRow probe, Predicate<Prediction> isAwaited) throws IOException {
    Features features = new Features(configuration.definition());
    features.add(probe::texts);
    try {
      return isAwaited.test(client.predict(features.requestTo(configuration.model())));
    } catch (RefusedException e) {
      if (e.status() == GrpcStatus.UNAVAILABLE) {
        return false;
      }
      throw e;
    }
  }
}
