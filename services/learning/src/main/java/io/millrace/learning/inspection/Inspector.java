package io.millrace.learning.inspection;

import io.millrace.learning.evaluation.Evaluator;
import io.millrace.learning.evaluation.RollingWindow;
import io.millrace.learning.metrics.OutputShape;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import io.millrace.learning.model.Weights;
import io.millrace.learning.network.NetworkWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Looks into a model by way of its evaluator, so that training is never touched. A look costs a
 * pass over the validation window and one over the weights. Owned by the learner's thread.
 */
public final class Inspector {
  private final ModelDefinition definition;
  private final Evaluator evaluator;
  private final Weights served;
  private final RollingWindow window;

  /**
   * @param served the weights that are evaluated and served
   * @param window the records that they are evaluated on
   */
  public Inspector(
      ModelDefinition definition, Evaluator evaluator, Weights served, RollingWindow window) {
    this.definition = definition;
    this.evaluator = evaluator;
    this.served = served;
    this.window = window;
  }

  /**
   * Looks into the model.
   *
   * @param trained the network that learns, if it has made a step
   */
  public Inspection inspect(
      long records,
      double learningRate,
      Optional<NetworkWeights> trained,
      Optional<DriftInspection> drift) {
    return new Inspection(records, learningRate, outputs(), weights(trained), drift);
  }

  private List<OutputInspection> outputs() {
    TreeMap<Integer, ClassAnswers> answers = new TreeMap<>();
    for (int output = 0; output < definition.outputs().size(); output++) {
      OutputSettings settings = definition.outputs().get(output);
      if (settings.isClassification()) {
        answers.put(output, new ClassAnswers(settings, shape(output)));
      }
    }
    evaluator.predict(
        served,
        window,
        (predictions, chunk) ->
            answers.forEach(
                (output, counted) ->
                    counted.add(predictions.apply(output), chunk.target(output), chunk.size())));
    return answers.values().stream().map(ClassAnswers::inspection).toList();
  }

  /** Called after {@link #outputs}, which has given the served weights to the evaluator. */
  private List<WeightInspection> weights(Optional<NetworkWeights> trained) {
    NetworkWeights evaluated = evaluator.weights();
    List<WeightInspection> weights = new ArrayList<>();
    for (String name : evaluated.names()) {
      String layer = evaluated.layer(name);
      weights.add(
          new WeightInspection(
              layer,
              name.substring(layer.length() + 1),
              evaluated.shape(name),
              evaluated.read(name),
              trained
                  .filter(network -> network.learns(name))
                  .map(network -> network.gradient(name))));
    }
    return weights;
  }

  private OutputShape shape(int output) {
    return new OutputShape(definition.outputWidths()[output], definition.targetWidths()[output]);
  }
}
