package io.millrace.learning;

import io.millrace.learning.drift.DriftDetector;
import io.millrace.learning.evaluation.RollingWindow;
import io.millrace.learning.inspection.DriftInspection;
import io.millrace.learning.metrics.OutputShape;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.state.State;
import java.util.Objects;

/**
 * Feeds a drift detector with every scored record. Keeps the newest records, so that those since a
 * drift began can be trained again. Owned by one thread.
 */
final class DriftWatch {
  private final DriftSettings settings;
  private final DriftDetector detector;
  private final RollingWindow recent;
  private final OutputShape shape;
  private final boolean watchesErrors;

  DriftWatch(ModelDefinition definition, DriftSettings settings) {
    this.settings = settings;
    detector = settings.newDetector();
    int memory = settings.action() == DriftSettings.Action.REWIND ? settings.memory() : 1;
    recent = new RollingWindow(memory, definition.inputWidths(), definition.labelWidths());
    shape = new OutputShape(definition.outputWidths()[0], definition.targetWidths()[0]);
    watchesErrors =
        settings.input() == DriftSettings.Input.ERROR
            && definition.outputs().get(0).isClassification();
  }

  DriftSettings settings() {
    return settings;
  }

  /** Keeps the records of a mini-batch before preprocessing. */
  void keep(ExampleBatch batch) {
    for (int row = 0; row < batch.size(); row++) {
      recent.add(batch, row);
    }
  }

  /**
   * Feeds the detector with the scored records of a mini-batch.
   *
   * @param predictions of the first output
   * @return how many records ago a drift began, or -1 if there is none
   */
  long observe(float[] predictions, ExampleBatch batch, float[] lossPerRow) {
    long began = -1;
    for (int row = 0; row < batch.size(); row++) {
      double value = watchesErrors ? error(predictions, batch.target(0), row) : lossPerRow[row];
      if (Double.isFinite(value) && detector.update(value)) {
        began = detector.valuesSinceDrift() + batch.size() - row - 1;
      }
    }
    return began;
  }

  /** Returns the newest records. After a drift, the newest {@code began} of them belong to it. */
  RollingWindow recent() {
    return recent;
  }

  DriftInspection inspect() {
    return new DriftInspection(
        Objects.toString(settings.detector().get("type")), detector.evidence());
  }

  void save(State state) {
    detector.save(state.child("detector"));
    recent.save(state.child("recent"));
  }

  void restore(State state) {
    detector.restore(state.child("detector"));
    recent.restore(state.child("recent"));
  }

  private double error(float[] predictions, float[] targets, int row) {
    return shape.isPredicted(predictions, row, shape.actualClass(targets, row)) ? 0 : 1;
  }
}
