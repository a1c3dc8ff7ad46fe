package io.millrace.quickstart;

/**
 * A model whose answers are easy to foresee: inputs are {@code pair}, of the fields a and b, and
 * {@code c}; output {@code choice} gives back a and b for the classes no and yes, {@code sum} the
 * sum of all three and of a bias, by which versions are told apart.
 */
public final class EchoModel {
  public static final String NAME = "echo";

  /** As a checkpoint holds it. */
  public static final String DEFINITION =
      """
      {"inputs": {"pair": {"fields": ["a", "b"], "scaling": "none"},
                  "c": {"fields": ["c"], "scaling": "none"}},
       "network": {"layers": [
           {"type": "dense", "name": "choice", "units": 2, "inputs": ["pair"]},
           {"type": "concatenate", "name": "all", "inputs": ["pair", "c"]},
           {"type": "dense", "name": "sum", "units": 1, "inputs": ["all"]}]},
       "outputs": {"choice": {"classes": ["no", "yes"]}, "sum": {}}}
      """;

  private EchoModel() {}

  /** Returns the weights under which {@code sum} is more by {@code bias}. */
  public static float[] parameters(float bias) {
    return new float[] {1, 0, 0, 1, 0, 0, 1, 1, 1, bias};
  }
}
