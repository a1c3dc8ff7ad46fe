package io.millrace.learning.inspection;

import io.millrace.learning.layers.WeightDefinition;
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
   * Returns the tables of all embedding layers.
   *
   * @param weights as returned by {@link io.millrace.learning.Learner#weights}
   */
  public static List<EmbeddingTable> of(NetworkDefinition network, State weights) {
    float[] learned = weights.floats("parameters");
    float[] fixed = weights.floats("non_trainable");
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
