package io.millrace.foreign;

import io.millrace.checkpoints.DefinitionJson;
import io.millrace.export.ExportedModel;
import io.millrace.learning.Learner;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.Inference;
import io.millrace.learning.model.Model;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import io.millrace.learning.state.State;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A model that has learned from drawn records, and what it predicts for others. */
final class LearnedModel {
  static final long VERSION = 7;

  private static final int RECORDS = 640;
  private static final int ROWS = 16;

  private final String name;
  private final ModelDefinition definition;
  private final LearnerSettings settings;
  private final Random random = new Random(11);
  private final State weights;

  /**
   * @param document the settings of inputs, outputs and network
   */
  LearnedModel(String name, Map<String, Object> document) {
    this.name = name;
    Map<String, Object> whole = new LinkedHashMap<>(document);
    whole.put("training", Map.of("optimizer", Map.of("type", "adam", "learning_rate", 0.01)));
    Section root = Section.root(whole);
    definition = ModelDefinition.read(root).inSinglePrecision();
    settings = LearnerSettings.read(root, definition);
    root.finish();
    Learner learner = new Learner(definition, settings, event -> {});
    for (int record = 0; record < RECORDS; record++) {
      ExampleBatch batch = learner.batch();
      drawInputs(batch);
      drawTargets(batch);
      learner.train();
    }
    weights = learner.weights();
  }

  ExportedModel exported() {
    return new ExportedModel(name, VERSION, definition, weights, Optional.empty());
  }

  LearnerSettings settings() {
    return settings;
  }

  /** Returns inputs as records have them, and the predictions for them, flat, as JSON. */
  String predictions() {
    Inference inference = new Inference(definition, ROWS);
    inference.load(new Model(definition, weights));
    for (int row = 0; row < ROWS; row++) {
      drawInputs(inference.rows());
      inference.rows().advance();
    }
    Map<String, Object> inputs = new LinkedHashMap<>();
    for (int i = 0; i < definition.inputs().size(); i++) {
      float[] values = inference.rows().input(i).clone();
      inputs.put(definition.inputs().get(i).name(), listed(values));
    }
    inference.run();
    List<Object> outputs = new ArrayList<>();
    for (int i = 0; i < definition.outputs().size(); i++) {
      outputs.add(listed(Arrays.copyOf(inference.output(i), ROWS * inference.outputWidth(i))));
    }
    return DefinitionJson.write(Map.of("rows", ROWS, "inputs", inputs, "outputs", outputs));
  }

  private void drawInputs(ExampleBatch batch) {
    for (int input = 0; input < definition.inputs().size(); input++) {
      int width = batch.inputWidth(input);
      int bound = definition.indexBound(input);
      boolean isImage = definition.inputs().get(input).image().isPresent();
      for (int i = 0; i < width; i++) {
        float value = bound > 0 ? random.nextInt(bound) : (float) (2 + 3 * random.nextGaussian());
        batch.input(input)[batch.size() * width + i] = isImage ? random.nextInt(256) : value;
      }
    }
  }

  private void drawTargets(ExampleBatch batch) {
    for (int i = 0; i < definition.outputs().size(); i++) {
      OutputSettings output = definition.outputs().get(i);
      int width = batch.targetWidth(i);
      for (int at = 0; at < width; at++) {
        batch.target(i)[batch.size() * width + at] =
            output.isClassification()
                ? random.nextInt(output.classes().size())
                : (float) random.nextGaussian();
      }
    }
  }

  private static List<Float> listed(float[] values) {
    List<Float> list = new ArrayList<>();
    for (float value : values) {
      list.add(value);
    }
    return list;
  }
}
