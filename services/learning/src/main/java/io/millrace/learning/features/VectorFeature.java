package io.millrace.learning.features;

import io.millrace.settings.Section;
import java.util.List;
import java.util.Optional;

/**
 * Numbers of one field: a list of them, or the bytes of an image.
 *
 * @param size how many numbers
 * @param image the shape of an image; absent: a vector
 * @param values how the numbers are scaled
 * @param missing what happens to a record without the field
 * @param indicator whether an extra number says that the value was missing
 * @param precision the precision of the records' numbers
 */
public record VectorFeature(
    List<String> fields,
    int size,
    Optional<ImageShape> image,
    Values values,
    Missing missing,
    boolean indicator,
    Precision precision)
    implements Feature {

  /** How the numbers are scaled. */
  public enum Values {
    /** To mean 0 and variance 1, with statistics learned from the trained records. */
    STANDARD,

    /** Not at all. */
    NONE,

    /** A byte, from 0 to 255, becomes a number from 0 to 1. */
    UNIT,

    /** A byte, from 0 to 255, becomes a number from -1 to 1. */
    SYMMETRIC
  }

  /** How the bytes of an image are scaled. */
  enum PixelScaling {
    UNIT,
    SYMMETRIC,
    NONE
  }

  private static final int LARGEST_BYTE = 255;
  private static final int MOST_BYTES = 1 << 24;

  public VectorFeature {
    fields = List.copyOf(fields);
  }

  /** Returns a vector that every record has. */
  public static VectorFeature scaled(String field, int size, Scaling scaling) {
    return new VectorFeature(
        List.of(field),
        size,
        Optional.empty(),
        scaling == Scaling.NONE ? Values.NONE : Values.STANDARD,
        Missing.REJECT,
        false,
        Precision.DOUBLE);
  }

  static VectorFeature readVector(Section section, List<String> fields) {
    int size = section.integer("size", "how many numbers the field holds").atLeast(1).required();
    Scaling scaling =
        section
            .choice("scaling", Scaling.class, "how the values are scaled")
            .check("of vectors standard or none", VectorFeature::isOfVectors)
            .orElse(Scaling.STANDARD);
    Values values = scaling == Scaling.NONE ? Values.NONE : Values.STANDARD;
    return read(section, fields, size, Optional.empty(), values);
  }

  static VectorFeature readImage(Section section, List<String> fields) {
    List<Integer> shape =
        section
            .integers("shape", "height, width and channels of the image")
            .check("three, all at least 1", VectorFeature::isShape)
            .required();
    ImageShape image =
        isShape(shape)
            ? new ImageShape(shape.get(0), shape.get(1), shape.get(2))
            : new ImageShape(1, 1, 1);
    PixelScaling scaling =
        section
            .choice("scaling", PixelScaling.class, "to 0 and 1, to -1 and 1, or not at all")
            .orElse(PixelScaling.UNIT);
    return read(section, fields, image.size(), Optional.of(image), Values.valueOf(scaling.name()));
  }

  private static VectorFeature read(
      Section section, List<String> fields, int size, Optional<ImageShape> image, Values values) {
    TextFeature.requireOne(section, fields);
    Missing missing = Feature.readMissing(section, List.of(Missing.REJECT, Missing.EMPTY));
    return new VectorFeature(
        fields.subList(0, 1),
        size,
        image,
        values,
        missing,
        Feature.readIndicator(section, missing),
        Precision.DOUBLE);
  }

  /** Returns whether the network may see the vector of {@link #fields} unchanged. */
  public boolean isUnchanged() {
    return values == Values.NONE && !missing.isTaken();
  }

  /** Returns whether the numbers are an image, which may come as bytes. */
  public boolean isImage() {
    return image.isPresent();
  }

  @Override
  public RawForm form() {
    return new NumbersForm(size, isImage(), cellPrecision(), missing.isTaken());
  }

  @Override
  public int width() {
    return size + (indicator ? 1 : 0);
  }

  @Override
  public int indexBound() {
    return 0;
  }

  @Override
  public Transformation transformation(Layout layout) {
    int cells = rawWidth();
    return missing.isTaken()
        ? new OrZeros(layout, ofPresent(new Layout(cells, 0, size, 0)), cells, size, indicator)
        : ofPresent(layout);
  }

  @Override
  public VectorFeature inSinglePrecision() {
    return new VectorFeature(fields, size, image, values, missing, indicator, Precision.SINGLE);
  }

  /** Only numbers whose mean is subtracted need more precision than the network has. */
  private Precision cellPrecision() {
    return values == Values.STANDARD ? precision : Precision.SINGLE;
  }

  private Transformation ofPresent(Layout layout) {
    return switch (values) {
      case STANDARD ->
          new Standardization(layout, size, NumberCells.ofVector(size, cellPrecision()));
      case NONE -> Affine.identity(layout, size);
      case UNIT -> new Affine(layout, size, 1f / LARGEST_BYTE, 0);
      case SYMMETRIC -> new Affine(layout, size, 2f / LARGEST_BYTE, -1);
    };
  }

  private static boolean isShape(List<Integer> sizes) {
    return sizes.size() == 3
        && sizes.stream().allMatch(size -> size >= 1)
        && sizes.stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b)
            <= MOST_BYTES;
  }

  private static boolean isOfVectors(Scaling scaling) {
    return scaling == Scaling.STANDARD || scaling == Scaling.NONE;
  }
}
