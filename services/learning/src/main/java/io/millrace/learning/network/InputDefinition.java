package io.millrace.learning.network;

import io.millrace.learning.layers.TensorShape;
import io.millrace.settings.Section;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A named input of a network.
 *
 * @param shape of one example
 */
public record InputDefinition(String name, TensorShape shape, DataType dataType) {

  static InputDefinition read(Section section) {
    return new InputDefinition(
        section.text("name", "name that layers read the input by").required(),
        new TensorShape(
            section
                .integers("shape", "dimensions of one example")
                .check("each at least 1", axes -> axes.stream().allMatch(axis -> axis >= 1))
                .required()),
        section.choice("dtype", DataType.class, "kind of values").orElse(DataType.FLOAT32));
  }

  Map<String, Object> toTree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", name);
    tree.put("shape", shape.dimensions());
    tree.put("dtype", dataType.name().toLowerCase(Locale.ROOT));
    return tree;
  }
}
