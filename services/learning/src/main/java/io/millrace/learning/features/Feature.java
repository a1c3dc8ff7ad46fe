package io.millrace.learning.features;

import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How one field of a record becomes network inputs, or several fields in the same way. Immutable; a
 * {@link Preparation} holds what is learned of the values.
 */
public sealed interface Feature
    permits NumberFeature, VectorFeature, CategoryFeature, TextFeature, DateFeature {

  /** The types of features. */
  enum Type {
    NUMBER,
    CATEGORY,
    TEXT,
    DATE,
    VECTOR,
    IMAGE
  }

  /** Returns the record's fields, in the order of their cells. */
  List<String> fields();

  /** Returns how each field's value is stored in a raw row. */
  RawForm form();

  /** Returns how many numbers the network sees. */
  int width();

  /**
   * Returns the exclusive upper bound of the indices that the network sees; 0 if it sees plain
   * numbers.
   */
  int indexBound();

  /** Returns a new transformation of the raw cells, which has learned nothing yet. */
  Transformation transformation(Layout layout);

  /** Returns how many cells of a raw row all the fields take. */
  default int rawWidth() {
    return fields().size() * form().width();
  }

  /** Returns this feature for records whose numbers are in single precision. */
  default Feature inSinglePrecision() {
    return this;
  }

  /** Returns how many numbers all the fields take when they are sent as numbers. */
  default int numbers() {
    return fields().size() * form().numbers();
  }

  /** Reads the list {@code features} of an input. */
  static List<Feature> readAll(Section input) {
    List<Feature> features = new ArrayList<>();
    for (Section section : input.sections("features")) {
      List<String> fields = fields(section);
      features.add(read(section, fields.isEmpty() ? List.of("") : fields));
    }
    return features;
  }

  private static Feature read(Section section, List<String> fields) {
    return switch (section.choice("type", Type.class, "what the field holds").orElse(Type.NUMBER)) {
      case NUMBER -> NumberFeature.read(section, fields);
      case CATEGORY -> CategoryFeature.read(section, fields);
      case TEXT -> TextFeature.read(section, fields);
      case DATE -> DateFeature.read(section, fields);
      case VECTOR -> VectorFeature.readVector(section, fields);
      case IMAGE -> VectorFeature.readImage(section, fields);
    };
  }

  private static List<String> fields(Section section) {
    Optional<String> field = section.text("field", "the record's field").optional();
    List<String> fields =
        section
            .texts("fields", "several fields that are treated alike, in the place of field")
            .orElse(List.of());
    if (field.isPresent() == !fields.isEmpty()) {
      section.report("", "needs either field, or fields");
    }
    return field.map(List::of).orElse(fields);
  }

  /** Reads what happens to a record without the field. */
  static Missing readMissing(Section section, List<Missing> allowed) {
    Missing missing =
        section
            .choice("missing", Missing.class, "what becomes of a record without the field")
            .orElse(Missing.REJECT);
    if (!allowed.contains(missing)) {
      section.report(
          "missing",
          "is %s; allowed here: %s"
              .formatted(missing, allowed)
              .toLowerCase(Locale.ROOT)
              .replaceAll("[\\[\\]]", ""));
      return Missing.REJECT;
    }
    return missing;
  }

  /** Reads whether the network sees that the value was missing. */
  static boolean readIndicator(Section section, Missing missing) {
    boolean indicator =
        section
            .flag(
                "missing_indicator", "whether an additional number says that the value was missing")
            .orElse(false);
    if (indicator && !missing.isTaken()) {
      section.report("missing_indicator", "is true, but records without the field are rejected");
    }
    return indicator && missing.isTaken();
  }
}
