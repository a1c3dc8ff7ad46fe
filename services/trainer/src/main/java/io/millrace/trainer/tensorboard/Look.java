package io.millrace.trainer.tensorboard;

import io.millrace.learning.inspection.EmbeddingTable;
import io.millrace.learning.inspection.Inspection;
import io.millrace.learning.inspection.OutputInspection;
import io.millrace.learning.inspection.WeightInspection;
import io.millrace.proto.tensorboard.v1.Summary;
import java.util.List;

/**
 * A look into the model at an evaluation, as histograms and pictures.
 *
 * @param embeddings the tables of embedding layers, where they are wanted
 */
record Look(Inspection inspection, List<EmbeddingTable> embeddings) {

  /** Returns the histograms of the weights and of their gradients, by Keras' names. */
  Summary train() {
    Summary.Builder summary = Summary.newBuilder();
    for (WeightInspection weight : inspection.weights()) {
      String name = weight.layer() + "/" + weight.weight();
      summary.addValue(Values.histogram(name + "/histogram", weight.values()));
      weight
          .gradient()
          .map(gradient -> Values.histogram(name + "/gradient/histogram", gradient))
          .ifPresent(summary::addValue);
    }
    return summary.build();
  }

  /** Returns the confusion matrix of each output of classes. */
  Summary validation() {
    Summary.Builder summary = Summary.newBuilder();
    for (OutputInspection output : inspection.outputs()) {
      output
          .confusion()
          .map(confusion -> ConfusionPicture.of(confusion, output.classes()))
          .map(picture -> Values.image("confusion_matrix/" + output.output(), picture))
          .ifPresent(summary::addValue);
    }
    return summary.build();
  }
}
