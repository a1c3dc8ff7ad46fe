package io.millrace.learning.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * A tensor of a golden case, row-major.
 *
 * @param shape including the batch axis
 */
public record GoldenTensor(List<Integer> shape, float[] data) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static GoldenTensor of(JsonNode node) {
    return new GoldenTensor(
        StreamSupport.stream(node.path("shape").spliterator(), false).map(JsonNode::asInt).toList(),
        floats(node.path("data")));
  }

  /** Returns the numbers of a list; {@code null} stands for NaN. */
  public static float[] floats(JsonNode list) {
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i).isNull() ? Float.NaN : (float) list.get(i).asDouble();
    }
    return values;
  }

  /** Returns a node as maps, lists, texts and numbers. */
  public static Map<String, Object> tree(JsonNode node) {
    @SuppressWarnings("unchecked")
    Map<String, Object> tree = JSON.convertValue(node, Map.class);
    return tree;
  }

  public static Section section(JsonNode node) {
    return Section.root(tree(node));
  }

  /** Returns the length of the last axis, over which predictions are scored; 1 for a vector. */
  int lastAxis() {
    return shape.size() < 2 ? 1 : shape.get(shape.size() - 1);
  }

  /** Returns the number of rows of the last axis. */
  int rowsOfLastAxis() {
    return data.length / lastAxis();
  }

  /** Returns the dimensions without the batch axis. */
  public List<Integer> exampleShape() {
    return shape.subList(1, shape.size());
  }

  public int rows() {
    return shape.get(0);
  }

  /** Fails if a value is off by more than both tolerances. */
  public void assertCloseTo(String what, float[] actual, double relative, double absolute) {
    assertThat(actual.length).as(what).isGreaterThanOrEqualTo(data.length);
    List<String> wrong =
        IntStream.range(0, data.length)
            .filter(
                i ->
                    !(Math.abs(actual[i] - data[i])
                        <= Math.max(absolute, relative * Math.abs(data[i]))))
            .mapToObj(i -> "[" + i + "] is " + actual[i] + ", should be " + data[i])
            .toList();
    assertThat(wrong).as(what).isEmpty();
  }
}
