package io.millrace.export;

import io.millrace.checkpoints.DefinitionJson;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.Preprocessing;
import io.millrace.learning.model.Weights;
import io.millrace.learning.network.Network;
import io.millrace.learning.state.State;
import io.millrace.settings.Section;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/** Models of resources, with drawn weights and learned preprocessing. */
public final class Examples {
  private static final int ROWS = 50;

  private Examples() {}

  /** Returns the names of the models of {@code models.json}. */
  public static List<String> names() {
    return List.copyOf(documents("/models.json").keySet());
  }

  /** Returns a model of {@code models.json} as version 3. */
  public static ExportedModel model(String name) {
    return model(name, definition("/models.json", name));
  }

  /** Returns the definition of a resource's model, for numbers in single precision. */
  public static ModelDefinition definition(String resource, String name) {
    return definition((Map<?, ?>) Objects.requireNonNull(documents(resource).get(name)));
  }

  /** Returns a model whose weights are all drawn, statistics included. */
  public static ExportedModel model(String name, ModelDefinition definition) {
    return new ExportedModel(name, 3, definition, weights(definition), Optional.empty());
  }

  /** Returns weights that are all drawn, statistics included; equal ones for equal definitions. */
  public static State weights(ModelDefinition definition) {
    Random random = new Random(7);
    Network network = Network.compile(definition.network(), List.of(), 1, 1);
    float[] statistics = network.weights().nonTrainable();
    for (int i = 0; i < statistics.length; i++) {
      statistics[i] = 0.5f + random.nextFloat();
    }
    network.weights().writeNonTrainable(statistics);
    float[] parameters = network.weights().parameters();
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] += 0.1f * (float) random.nextGaussian();
    }
    network.weights().writeParameters(parameters);
    Weights weights = new Weights(definition);
    weights.members().get(0).copyFrom(network.weights(), learned(definition, random));
    State state = new State();
    weights.save(state);
    return state;
  }

  private static Preprocessing learned(ModelDefinition definition, Random random) {
    ExampleBatch rows = new ExampleBatch(ROWS, definition.inputWidths(), definition.targetWidths());
    for (float[] input : rows.inputs()) {
      for (int i = 0; i < input.length; i++) {
        input[i] = (float) (5 + 3 * random.nextGaussian());
      }
    }
    for (float[] target : rows.targets()) {
      for (int i = 0; i < target.length; i++) {
        target[i] = (float) (2 + random.nextFloat());
      }
    }
    Arrays.fill(rows.weights(), 1);
    rows.resize(ROWS);
    Preprocessing preprocessing = new Preprocessing(definition);
    preprocessing.learn(rows);
    preprocessing.learnTargets(rows);
    return preprocessing;
  }

  /** Returns the definition of a document, for numbers in single precision. */
  public static ModelDefinition definition(Map<?, ?> document) {
    @SuppressWarnings("unchecked")
    Section root = Section.root((Map<String, Object>) document);
    ModelDefinition definition = ModelDefinition.read(root).inSinglePrecision();
    root.finish();
    return definition;
  }

  private static Map<String, Object> documents(String resource) {
    try (InputStream file = Examples.class.getResourceAsStream(resource)) {
      return DefinitionJson.read(
          new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
