package io.millrace.benchmarks.serving;

import com.google.protobuf.ByteString;
import io.millrace.checkpoints.DefinitionJson;
import io.millrace.checkpoints.Snapshot;
import io.millrace.checkpoints.manifest.Provenance;
import io.millrace.checkpoints.manifest.StoredCounts;
import io.millrace.checkpoints.manifest.StreamPosition;
import io.millrace.checkpoints.manifest.Summary;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.Weights;
import io.millrace.learning.random.RandomStream;
import io.millrace.learning.state.State;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.settings.Section;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A network of dense layers with random weights, or several of them that answer together.
 *
 * @param widths the widths of the layers, from the features to the outputs
 * @param scaling how inputs are scaled
 * @param rivals how many networks have equal shares in the answer; 1 for a model without rivals
 */
record ServedNetwork(List<Integer> widths, String scaling, int rivals) {
  static final String MODEL = "benchmark";
  static final String PATH = "/inference.GRPCInferenceService/ModelInfer";
  private static final String INPUT = "features";
  private static final double SPREAD = 0.1;

  ServedNetwork {
    widths = List.copyOf(widths);
  }

  ServedNetwork(List<Integer> widths) {
    this(widths, "none", 1);
  }

  /** Returns the content of a checkpoint. */
  Snapshot snapshot(int seed) {
    String definition = DefinitionJson.write(definition());
    Summary summary =
        new Summary(
            Instant.now(),
            new StreamPosition("records", Map.of(0, (long) seed)),
            new StoredCounts(seed, 0, 0, 0, 0, 0),
            "TRAINING",
            0.001,
            Map.of("val_loss", 0.5),
            Provenance.ofThisProcess("benchmark", "host", 1, "00".repeat(32)),
            "00".repeat(32),
            Optional.empty(),
            List.of());
    return new Snapshot(definition, weights(definition, seed), new State(), summary);
  }

  /** Returns a request with raw contents for {@code rows} rows. */
  byte[] request(int rows) {
    RandomStream random = RandomStream.of(2, 0);
    ByteBuffer values = ByteBuffer.allocate(rows * widths.get(0) * Float.BYTES);
    values.order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < rows * widths.get(0); i++) {
      values.putFloat((float) random.normal(i));
    }
    ModelInferRequest.Builder request =
        ModelInferRequest.newBuilder()
            .setModelName(MODEL)
            .addRawInputContents(ByteString.copyFrom(values.flip()));
    request
        .addInputsBuilder()
        .setName(INPUT)
        .setDatatype("FP32")
        .addShape(rows)
        .addShape(widths.get(0));
    return request.build().toByteArray();
  }

  private State weights(String definition, int seed) {
    Weights weights =
        new Weights(ModelDefinition.read(Section.root(DefinitionJson.read(definition))));
    for (int i = 0; i < rivals; i++) {
      weights.members().get(i).setParameters(parameters(seed + i));
    }
    State state = new State();
    weights.save(state);
    return state;
  }

  private float[] parameters(int seed) {
    int count = 0;
    for (int i = 1; i < widths.size(); i++) {
      count += (widths.get(i - 1) + 1) * widths.get(i);
    }
    RandomStream random = RandomStream.of(seed, 0);
    float[] parameters = new float[count];
    for (int i = 0; i < count; i++) {
      parameters[i] = (float) (SPREAD * random.normal(i));
    }
    return parameters;
  }

  private List<String> classes() {
    return IntStream.range(0, widths.get(widths.size() - 1)).mapToObj(i -> "class-" + i).toList();
  }

  private Map<String, Object> definition() {
    List<Map<String, Object>> layers = new ArrayList<>();
    for (int i = 1; i < widths.size(); i++) {
      String activation = i == widths.size() - 1 ? "softmax" : "relu";
      layers.add(Map.of("type", "dense", "units", widths.get(i), "activation", activation));
    }
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("inputs", Map.of(INPUT, Map.of("size", widths.get(0), "scaling", scaling)));
    definition.put("network", Map.of("layers", layers));
    definition.put("outputs", Map.of("label", Map.of("classes", classes())));
    if (rivals > 1) {
      definition.put(
          "rivals",
          Map.of(
              "learners",
              IntStream.range(0, rivals).mapToObj(i -> Map.of("name", "rival-" + i)).toList()));
    }
    return definition;
  }
}
