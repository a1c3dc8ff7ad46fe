package io.millrace.predictor.following;

import io.millrace.checkpoints.Checkpoint;
import io.millrace.checkpoints.DefinitionJson;
import io.millrace.learning.model.MemberWeights;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.Weights;
import io.millrace.learning.state.State;
import io.millrace.settings.Section;

/**
 * Models with the input {@code x} and rivals: {@code same}, which answers x, {@code double}, and
 * {@code deep}, whose hidden layers make it answer 9 x.
 */
public final class RivalModels {
  private static final String DENSE = "{\"type\": \"dense\", \"units\": 1, \"use_bias\": false}";

  private RivalModels() {}

  /**
   * Returns a version of the model `echo` that combines the rivals {@code same} and {@code double}.
   */
  public static ServedModel version(long version, float same, float doubling) {
    return new ModelLoader(TestModels.MAX_ROWS, ServedRivals.COMBINED, TestModels.CLOCK)
        .load(checkpoint(version, same, doubling));
  }

  static Checkpoint checkpoint(long version, float same, float doubling) {
    return checkpoint(
        version, rival("same", 1), rival("double", 1), new float[][] {{1}, {2}}, same, doubling);
  }

  /** Returns a version in which the rival {@code deep} has replaced {@code double}. */
  static Checkpoint laterCheckpoint(long version, float same, float deep) {
    return checkpoint(
        version, rival("same", 1), rival("deep", 2), new float[][] {{1}, {3, 3}}, same, deep);
  }

  private static Checkpoint checkpoint(
      long version, String first, String second, float[][] parameters, float... shares) {
    String definition =
        """
        {"inputs": {"x": {"fields": ["x"], "scaling": "none"}}, "outputs": {"y": {}},
         "network": {"layers": [%s]}, "rivals": {"learners": [%s, %s]}}
        """
            .formatted(DENSE, first, second);
    return new Checkpoint(
        "echo",
        version,
        definition,
        weights(definition, parameters, shares),
        null,
        TestModels.summary());
  }

  private static String rival(String name, int layers) {
    String network = layers == 1 ? DENSE : DENSE + ", " + DENSE;
    return "{\"name\": \"%s\", \"network\": {\"layers\": [%s]}}".formatted(name, network);
  }

  private static State weights(String definition, float[][] parameters, float... shares) {
    Weights weights =
        new Weights(ModelDefinition.read(Section.root(DefinitionJson.read(definition))));
    for (int i = 0; i < shares.length; i++) {
      MemberWeights member = weights.members().get(i);
      member.setParameters(parameters[i]);
      weights.shares()[i] = shares[i];
    }
    State state = new State();
    weights.save(state);
    return state;
  }
}
