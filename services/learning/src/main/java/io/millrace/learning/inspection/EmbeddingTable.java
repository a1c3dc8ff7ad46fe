package io.millrace.learning.inspection;

import io.millrace.learning.layers.WeightDefinition;
import io.millrace.learning.model.MemberWeights;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.Weights;
import io.millrace.learning.network.LayerDefinition;
import io.millrace.learning.network.NetworkDefinition;
import io.millrace.learning.state.State;
import java.util.ArrayList;
import java.util.List;

/** The vectors of an embedding layer, as they are served. Immutable. */
public final class EmbeddingTable {
  private static final String LAYER = "embedding";
  private static final String WEIGHT = "embeddings";

  private final String layer;
  private final float[] values; // [indices, width]
  private final int width;

  private EmbeddingTable(String layer, float[] values, int width) {
    this.layer = layer;
    this.values = values;
    this.width = width;
  }

  /**
   * Returns the tables of all embedding layers; of a model with rivals, of the one with the largest
   * share.
   *
   * @param saved as returned by {@link io.millrace.learning.Learner#weights}
   */
  public static List<EmbeddingTable> of(ModelDefinition model, State saved) {
    Weights weights = new Weights(model);
    weights.restore(saved);
    MemberWeights leader = weights.members().get(weights.leader());
    return of(leader.definition().network(), leader);
  }

  private static List<EmbeddingTable> of(NetworkDefinition network, MemberWeights weights) {
    float[] learned = weights.parameters();
    float[] fixed = weights.nonTrainable();
    List<EmbeddingTable> tables = new ArrayList<>();
    int inLearned = 0;
    int inFixed = 0;
    for (LayerDefinition layer : network.layers()) {
      for (WeightDefinition weight : layer.weights()) {
        boolean learns = layer.trainable() && weight.learned();
        int size = weight.shape().size();
        if (layer.type().equals(LAYER) && weight.name().equals(WEIGHT)) {
          float[] values = new float[size];
          System.arraycopy(learns ? learned : fixed, learns ? inLearned : inFixed, values, 0, size);
          tables.add(new EmbeddingTable(layer.name(), values, weight.shape().last()));
        }
        inLearned += learns ? size : 0;
        inFixed += learns ? 0 : size;
      }
    }
    return tables;
  }

  /** Returns the layer's name. */
  public String layer() {
    return layer;
  }

  /** Returns how many indices have a vector. */
  public int indices() {
    return values.length / width;
  }

  /** Returns how many values a vector has. */
  public int width() {
    return width;
  }

  public float value(int index, int position) {
    return values[index * width + position];
  }
}
