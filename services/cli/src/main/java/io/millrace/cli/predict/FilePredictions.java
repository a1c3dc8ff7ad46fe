package io.millrace.cli.predict;

import io.millrace.client.Prediction;
import io.millrace.client.PredictorClient;
import io.millrace.learning.model.ModelDefinition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Predicts the rows of a file, many per call. Confined to one thread. */
public final class FilePredictions {
  private static final int ROWS_PER_CALL = 256;

  private final String model;
  private final ModelDefinition definition;
  private final FleetKey keys;
  private final PredictorClient client;
  private final List<RowListener> listeners;
  private final List<Waiting> waiting = new ArrayList<>();
  private Features features;
  private String key = "";

  /**
   * @param keys tells which model of a fleet answers; rows of one key share a call
   * @param listeners are told what became of each row, one after the other
   */
  public FilePredictions(
      String model,
      ModelDefinition definition,
      FleetKey keys,
      PredictorClient client,
      List<RowListener> listeners) {
    this.model = model;
    this.definition = definition;
    this.keys = keys;
    this.client = client;
    this.listeners = List.copyOf(listeners);
    this.features = new Features(definition);
  }

  /** Adds a row. It may wait for others before it is predicted. */
  public void add(FileRow row) throws IOException {
    String itsKey = keys.of(row::texts);
    if (!itsKey.equals(key)) {
      ask();
      key = itsKey;
    }
    waiting.add(new Waiting(row, problems(row)));
    if (features.rows() == ROWS_PER_CALL) {
      ask();
    }
  }

  /** Predicts the rows that wait. */
  public void finish() throws IOException {
    ask();
  }

  private List<String> problems(FileRow row) {
    if (!row.row().isUsable()) {
      return row.row().problems();
    }
    List<String> ofKey = keys.problems(key);
    return ofKey.isEmpty() ? features.add(row::texts) : ofKey;
  }

  private void ask() throws IOException {
    List<Prediction> predictions =
        features.rows() == 0
            ? List.of()
            : List.of(client.predict(FleetKey.keyed(features.requestTo(model), key)));
    int index = 0;
    for (Waiting each : waiting) {
      for (RowListener listener : listeners) {
        if (each.problems().isEmpty()) {
          listener.predicted(each.row(), predictions.get(0), index);
        } else {
          listener.skipped(each.row(), each.problems());
        }
      }
      index += each.problems().isEmpty() ? 1 : 0;
    }
    waiting.clear();
    features = new Features(definition);
  }

  private record Waiting(FileRow row, List<String> problems) {}
}
