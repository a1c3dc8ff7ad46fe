package io.millrace.export.onnx;

import static io.millrace.export.onnx.OnnxAttributes.decimal;
import static io.millrace.export.onnx.OnnxAttributes.decimals;
import static io.millrace.export.onnx.OnnxAttributes.integer;
import static io.millrace.export.onnx.OnnxAttributes.integers;
import static io.millrace.export.onnx.OnnxAttributes.texts;
import static io.millrace.export.onnx.OnnxAttributes.type;

import io.millrace.learning.features.CategoryFeature;
import io.millrace.learning.features.DateFeature;
import io.millrace.learning.features.Feature;
import io.millrace.learning.features.LinearScaling;
import io.millrace.learning.features.NumberFeature;
import io.millrace.learning.features.Preparation;
import io.millrace.learning.features.TextFeature;
import io.millrace.learning.features.VectorFeature;
import io.millrace.proto.onnx.v1.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The preprocessing of one feature. Numbers come as single precision, NaN where one is missing, and
 * are computed in double precision. Categories come as texts, empty where one is missing.
 *
 * @param base what the names of values begin with
 * @param preparation of the input
 * @param index of the feature
 */
record OnnxFeature(OnnxGraph graph, String base, Preparation preparation, int index) {

  /** Returns why ONNX has no operators for a feature; empty if it has. */
  static Optional<String> obstacle(Feature feature) {
    if (feature instanceof CategoryFeature category && category.terms().known().isEmpty()) {
      return Optional.of(
          category.terms().learned()
              ? "a category with a learned vocabulary, of which Millrace keeps hashes alone"
              : "a category that is hashed, as no operator of ONNX does");
    }
    if (feature instanceof TextFeature) {
      return Optional.of("a text, which no operator of ONNX cuts into words as Millrace does");
    }
    return feature instanceof DateFeature
        ? Optional.of("a time, of which no operator of ONNX finds the parts")
        : Optional.empty();
  }

  /**
   * Adds the preprocessing.
   *
   * @param value the feature's fields, side by side
   * @return the name of {@code [rows, feature.width()]}
   */
  String write(Feature feature, String value) {
    if (feature instanceof NumberFeature numbers) {
      return numbers(numbers, value);
    }
    return feature instanceof VectorFeature vector
        ? vector(vector, value)
        : categories((CategoryFeature) feature, value);
  }

  private String numbers(NumberFeature feature, String value) {
    if (feature.isUnchanged()) {
      return value;
    }
    String shaped = shaped(feature, cast(value, DataType.DOUBLE));
    List<Double> replacements = preparation.replacements(index);
    String missing = replacements.isEmpty() ? "" : graph.node("IsNaN", base, List.of(value));
    if (!replacements.isEmpty()) {
      String filled = doubles(replacements);
      shaped = graph.node("Where", base, List.of(missing, filled, shaped));
    }
    String seen = feature.buckets().isEmpty() ? scaled(shaped) : bucket(feature, shaped);
    if (feature.buckets().isEmpty() && !feature.indicator()) {
      return seen;
    }
    List<String> each = new ArrayList<>(List.of(feature.buckets().isEmpty() ? raised(seen) : seen));
    if (feature.indicator()) {
      each.add(raised(cast(missing, DataType.FLOAT)));
    }
    return flat(each, feature);
  }

  private String shaped(NumberFeature feature, String value) {
    String shaped = value;
    if (feature.clip().isPresent()) {
      String least = graph.doubles(base, List.of(), List.of(feature.clip().get().least()));
      String most = graph.doubles(base, List.of(), List.of(feature.clip().get().most()));
      shaped = graph.node("Clip", base, List.of(shaped, least, most));
    }
    if (feature.log1p()) {
      String one = graph.doubles(base, List.of(), List.of(1.0));
      String size = graph.node("Abs", base, List.of(shaped));
      String log = graph.node("Log", base, List.of(graph.node("Add", base, List.of(size, one))));
      shaped = graph.node("Mul", base, List.of(graph.node("Sign", base, List.of(shaped)), log));
    }
    return shaped;
  }

  /** Shifts and scales numbers of single precision. */
  static String scaled(OnnxGraph graph, String base, String value, LinearScaling scaling) {
    if (scaling.isIdentity()) {
      return value;
    }
    String exact = graph.node("Cast", base, List.of(value), type(DataType.DOUBLE));
    String scaled = exactlyScaled(graph, base, exact, scaling);
    return graph.node("Cast", base, List.of(scaled), type(DataType.FLOAT));
  }

  private static String exactlyScaled(
      OnnxGraph graph, String base, String value, LinearScaling scaling) {
    List<Integer> shape = List.of(scaling.shifts().size());
    List<Double> factors = scaling.divisors().stream().map(divisor -> 1 / divisor).toList();
    String shifts = graph.doubles(base, shape, scaling.shifts());
    String centred = graph.node("Sub", base, List.of(value, shifts));
    return graph.node("Mul", base, List.of(centred, graph.doubles(base, shape, factors)));
  }

  /** Scales numbers of double precision, and returns them in single precision. */
  private String scaled(String exact) {
    String scaled =
        preparation
            .scaling(index)
            .map(scaling -> exactlyScaled(graph, base, exact, scaling))
            .orElse(exact);
    return cast(scaled, DataType.FLOAT);
  }

  /** Returns {@code [rows, fields, buckets]}, 1 at the number of boundaries at or below a value. */
  private String bucket(NumberFeature feature, String value) {
    String above =
        graph.node("GreaterOrEqual", base, List.of(raised(value), doubles(feature.buckets())));
    String number =
        graph.node(
            "ReduceSum",
            base,
            List.of(cast(above, DataType.INT64), graph.integers(base, 2)),
            integer("keepdims", 0));
    return oneHot(number, feature.buckets().size() + 1);
  }

  private String vector(VectorFeature feature, String value) {
    if (feature.isUnchanged()) {
      return value;
    }
    String scaled = scaled(cast(value, DataType.DOUBLE));
    if (feature.missing().isTaken()) {
      String zero = graph.integers(base, 0);
      String one = graph.integers(base, 1);
      String first = graph.node("Slice", base, List.of(value, zero, one, one));
      String missing = graph.node("IsNaN", base, List.of(first));
      String nothing = graph.floats(base, List.of(), 0);
      scaled = graph.node("Where", base, List.of(missing, nothing, scaled));
      if (feature.indicator()) {
        String indicator = cast(missing, DataType.FLOAT);
        scaled = graph.node("Concat", base, List.of(scaled, indicator), integer("axis", 1));
      }
    }
    return scaled;
  }

  private String categories(CategoryFeature feature, String value) {
    List<String> known = feature.terms().known();
    String number =
        graph.mlNode(
            "LabelEncoder",
            base,
            value,
            texts("keys_strings", known),
            integers("values_int64s", LongStream.rangeClosed(1, known.size()).boxed().toList()),
            integer("default_int64", 0));
    if (feature.as() == CategoryFeature.As.INDEX) {
      return cast(number, DataType.FLOAT);
    }
    List<String> each = new ArrayList<>(List.of(oneHot(number, 1 + known.size())));
    if (feature.indicator()) {
      each.add(
          raised(
              graph.mlNode(
                  "LabelEncoder",
                  base,
                  value,
                  texts("keys_strings", List.of("")),
                  decimals("values_floats", List.of(1f)),
                  decimal("default_float", 0))));
    }
    return flat(each, feature);
  }

  private String oneHot(String number, int depth) {
    String values = graph.floats(base, List.of(2), 0, 1);
    return graph.node(
        "OneHot", base, List.of(number, graph.integers(base, depth), values), integer("axis", -1));
  }

  /** Joins what is seen of each field, {@code [rows, fields, numbers]}, field by field. */
  private String flat(List<String> each, Feature feature) {
    String joined =
        each.size() == 1 ? each.get(0) : graph.node("Concat", base, each, integer("axis", 2));
    return graph.node(
        "Reshape", base, List.of(joined, graph.rowShape(base, List.of(feature.width()))));
  }

  /** Returns {@code [rows, fields, 1]}. */
  private String raised(String value) {
    return graph.node("Unsqueeze", base, List.of(value, graph.integers(base, 2)));
  }

  private String cast(String value, DataType type) {
    return graph.node("Cast", base, List.of(value), type(type));
  }

  private String doubles(List<Double> values) {
    return graph.doubles(base, List.of(values.size()), values);
  }
}
