package io.millrace.predictor.following;

import io.millrace.checkpoints.Checkpoint;
import io.millrace.checkpoints.DefinitionJson;
import io.millrace.learning.model.Inference;
import io.millrace.learning.model.InputSettings;
import io.millrace.learning.model.Model;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import io.millrace.learning.state.IncompatibleStateException;
import io.millrace.learning.state.State;
import io.millrace.predictor.following.ModelSignature.Input;
import io.millrace.predictor.following.ModelSignature.Output;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Makes a servable model from a checkpoint. The network is compiled, its weights are loaded, and it
 * has run, so that the first request is as fast as later ones.
 *
 * <p>Networks of retired versions are reused, because most versions differ only in their weights,
 * or in one of their rivals. Otherwise a model that is swapped every second would be compiled every
 * second, in new memory. Owned by the following thread.
 */
final class ModelLoader {
  private static final int WARM_UP_RUNS = 10;

  private final int maxRows;
  private final ServedRivals rivals;
  private final Clock clock;
  private final Deque<NetworkComputation> spare = new ArrayDeque<>();

  /**
   * @param maxRows the largest batch, in rows
   * @param clock measures the staleness of answers
   */
  ModelLoader(int maxRows, ServedRivals rivals, Clock clock) {
    this.maxRows = maxRows;
    this.rivals = rivals;
    this.clock = clock;
  }

  /**
   * Returns the checkpoint's model.
   *
   * @throws UnservableException if the checkpoint's parts do not fit together, or its outputs are
   *     not finite
   */
  ServedModel load(Checkpoint checkpoint) {
    try {
      NetworkComputation network = network(checkpoint.definition());
      load(new Model(network.definition(), checkpoint.weights()), network.inference());
      requireFinite(network);
      return new ServedModel(
          checkpoint.model(),
          ServedModel.Version.of(checkpoint.version()),
          network.signature(),
          network,
          Origin.of(checkpoint.summary(), network.inference().shares(), clock));
    } catch (IllegalArgumentException | InvalidSettingsException | IncompatibleStateException e) {
      throw new UnservableException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Returns a network that has run with these weights.
   *
   * @throws UnservableException if the definition is not valid, or the weights are of another one
   */
  NetworkComputation compile(String definition, State weights) {
    try {
      NetworkComputation network = compiled(definition, DefinitionJson.read(definition));
      load(new Model(network.definition(), weights), network.inference());
      return network;
    } catch (IllegalArgumentException | InvalidSettingsException | IncompatibleStateException e) {
      throw new UnservableException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Takes the network of a retired version, which no other thread uses any more. */
  void reuse(ServedModel retired) {
    if (retired.computation() instanceof NetworkComputation network) {
      spare.add(network);
    }
  }

  private void load(Model model, Inference inference) {
    if (rivals == ServedRivals.LEADER) {
      inference.loadLeader(model);
    } else {
      inference.load(model);
    }
    if (inference.isNew()) {
      warmUp(inference);
    }
  }

  private NetworkComputation network(String text) {
    Map<String, Object> common = DefinitionJson.read(text);
    common.remove("rivals");
    spare.removeIf(network -> !network.common().equals(common));
    NetworkComputation network = spare.poll();
    return network == null ? compiled(text, common) : network;
  }

  private NetworkComputation compiled(String text, Map<String, Object> common) {
    Section root = Section.root(DefinitionJson.read(text));
    ModelDefinition definition = ModelDefinition.read(root);
    root.finish();
    Inference inference = new Inference(definition, maxRows);
    return new NetworkComputation(common, definition, signature(definition), inference);
  }

  private static ModelSignature signature(ModelDefinition definition) {
    List<Input> inputs = new ArrayList<>();
    for (int i = 0; i < definition.inputs().size(); i++) {
      InputSettings input = definition.inputs().get(i);
      inputs.add(
          new Input(
              input.name(),
              input.fields(),
              input.numbers(),
              definition.indexBound(i),
              input.cells()));
    }
    List<Output> outputs = new ArrayList<>();
    int[] widths = definition.outputWidths();
    for (int i = 0; i < widths.length; i++) {
      OutputSettings output = definition.outputs().get(i);
      List<String> classes = output.isClassification() ? output.classes() : List.of();
      outputs.addAll(Output.of(output.name(), i, widths[i], classes, output.loss().boundary()));
    }
    return new ModelSignature(inputs, outputs);
  }

  /** Runs single rows, the commonest request, and one full batch, which touches all memory. */
  private void warmUp(Inference inference) {
    for (int run = 0; run < WARM_UP_RUNS; run++) {
      inferZeros(inference, 1);
    }
    inferZeros(inference, maxRows);
  }

  private static void requireFinite(NetworkComputation network) {
    inferZeros(network.inference(), 1);
    int[] widths = network.definition().outputWidths();
    for (int i = 0; i < widths.length; i++) {
      float[] values = network.output(i);
      for (int at = 0; at < widths[i]; at++) {
        if (!Float.isFinite(values[at])) {
          throw new UnservableException("its answer to zeros is not finite", null);
        }
      }
    }
  }

  private static void inferZeros(Inference inference, int rows) {
    Arrays.stream(inference.rows().inputs()).forEach(input -> Arrays.fill(input, 0));
    for (int row = 0; row < rows; row++) {
      inference.rows().advance();
    }
    inference.run();
  }
}
