package io.millrace.learning.model;

import io.millrace.learning.features.Feature;
import io.millrace.learning.features.FieldCells;
import io.millrace.learning.features.ImageShape;
import io.millrace.learning.features.NumberFeature;
import io.millrace.learning.features.Scaling;
import io.millrace.learning.features.VectorFeature;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Optional;

/**
 * One input of the network and the fields that fill it.
 *
 * @param name the input's name, in the network and as a tensor in serving
 * @param fields the record's fields, in order, if they are numbers that are only scaled; empty if
 *     the record holds the input as one vector under the input's name, or if there are features
 * @param features the features that fill the input; fields or a vector count as one feature
 */
public record InputSettings(String name, List<String> fields, List<Feature> features) {

  public InputSettings {
    fields = List.copyOf(fields);
    features = List.copyOf(features);
  }

  static InputSettings read(String name, Section section) {
    if (!section.has("features")) {
      return readNumbers(name, section);
    }
    List<Feature> features = Feature.readAll(section);
    if (section.has("fields") || section.has("size")) {
      section.report("features", "are given beside fields or a size; give one");
    }
    return features.isEmpty()
        ? new InputSettings(name, List.of(), vector(name, 1, Scaling.NONE))
        : new InputSettings(name, List.of(), features);
  }

  private static InputSettings readNumbers(String name, Section section) {
    List<String> fields =
        section
            .texts("fields", "the record's numeric fields that fill this input, in order")
            .orElse(List.of());
    int size =
        section
            .integer("size", "how many numbers the record holds under the input's own name")
            .atLeast(1)
            .optional()
            .orElse(fields.size());
    if (size == 0 || (!fields.isEmpty() && size != fields.size())) {
      section.report("", "needs either fields, or the size of one vector, or features");
    }
    Scaling scaling =
        section
            .choice("scaling", Scaling.class, "how the values are scaled")
            .check("of vectors standard or none", chosen -> isOf(fields, chosen))
            .orElse(Scaling.STANDARD);
    return fields.isEmpty()
        ? new InputSettings(name, List.of(), vector(name, Math.max(1, size), scaling))
        : new InputSettings(name, fields, List.of(NumberFeature.scaled(fields, scaling)));
  }

  /** Returns this input for records whose numbers are in single precision. */
  InputSettings inSinglePrecision() {
    return new InputSettings(
        name, fields, features.stream().map(Feature::inSinglePrecision).toList());
  }

  /** Returns how many numbers a row has when all of it is sent as numbers. */
  public int numbers() {
    return features.stream().mapToInt(Feature::numbers).sum();
  }

  /** Returns how many cells a raw row has; a number may take two. */
  public int size() {
    return features.stream().mapToInt(Feature::rawWidth).sum();
  }

  /** Returns how many numbers of a row the network sees. */
  public int width() {
    return features.stream().mapToInt(Feature::width).sum();
  }

  /** Returns where each field's value is stored in a raw row. */
  public List<FieldCells> cells() {
    return FieldCells.of(features);
  }

  /** Returns whether a row consists only of the record's numbers. */
  public boolean isNumeric() {
    return features.stream().allMatch(InputSettings::isNumeric);
  }

  /** Returns the shape of the image that fills the input; empty for any other input. */
  public Optional<ImageShape> image() {
    return features.size() == 1 && features.get(0) instanceof VectorFeature vector
        ? vector.image()
        : Optional.empty();
  }

  /** Returns whether the network sees the record's numbers unchanged. */
  boolean isUnchanged() {
    return features.stream()
        .allMatch(
            feature ->
                (feature instanceof NumberFeature numbers && numbers.isUnchanged())
                    || (feature instanceof VectorFeature vector && vector.isUnchanged()));
  }

  private static boolean isNumeric(Feature feature) {
    return feature instanceof NumberFeature || feature instanceof VectorFeature;
  }

  private static List<Feature> vector(String name, int size, Scaling scaling) {
    return List.of(VectorFeature.scaled(name, size, scaling));
  }

  private static boolean isOf(List<String> fields, Scaling scaling) {
    return !fields.isEmpty() || scaling == Scaling.STANDARD || scaling == Scaling.NONE;
  }
}
