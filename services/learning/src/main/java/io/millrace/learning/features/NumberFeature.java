package io.millrace.learning.features;

import io.millrace.settings.Section;
import java.util.List;
import java.util.Optional;

/**
 * Numbers, one per field.
 *
 * @param scaling how they are scaled, after the other steps
 * @param clip the range that values are clipped to
 * @param log1p whether {@code sign(x) log(1 + |x|)} is taken
 * @param buckets the boundaries of buckets, rising; the network sees the value's bucket one-hot.
 *     Empty: it sees the value
 * @param missing what happens to a record without the field
 * @param constant the replacement of a missing value, for {@link Missing#CONSTANT}
 * @param indicator whether an extra number says that the value was missing
 * @param precision the precision of the records' numbers
 */
public record NumberFeature(
    List<String> fields,
    Scaling scaling,
    Optional<Range> clip,
    boolean log1p,
    List<Double> buckets,
    Missing missing,
    double constant,
    boolean indicator,
    Precision precision)
    implements Feature {

  public NumberFeature {
    fields = List.copyOf(fields);
    buckets = List.copyOf(buckets);
  }

  /** Returns numbers that are only scaled. */
  public static NumberFeature scaled(List<String> fields, Scaling scaling) {
    return new NumberFeature(
        fields,
        scaling,
        Optional.empty(),
        false,
        List.of(),
        Missing.REJECT,
        0,
        false,
        Precision.DOUBLE);
  }

  static NumberFeature read(Section section, List<String> fields) {
    List<Double> buckets =
        section
            .decimals("buckets", "boundaries of buckets; the network sees the bucket as one-hot")
            .check("rising", values -> isRising(values))
            .orElse(List.of());
    Scaling scaling =
        section
            .choice("scaling", Scaling.class, "how the values are scaled")
            .orElse(buckets.isEmpty() ? Scaling.STANDARD : Scaling.NONE);
    if (!buckets.isEmpty() && scaling != Scaling.NONE) {
      section.report("scaling", "is given beside buckets; give one");
    }
    Optional<Range> clip =
        section
            .decimals("clip", "the least and the largest value; others are moved there")
            .check("two of them, rising", values -> values.size() == 2 && isRising(values))
            .optional()
            .filter(values -> values.size() == 2)
            .map(values -> new Range(values.get(0), values.get(1)));
    boolean log1p =
        section.flag("log1p", "whether a value x becomes sign(x) * log(1 + |x|)").orElse(false);
    Missing missing =
        Feature.readMissing(section, List.of(Missing.REJECT, Missing.MEAN, Missing.CONSTANT));
    double constant =
        missing == Missing.CONSTANT
            ? section.decimal("constant", "what takes the place of a missing value").orElse(0.0)
            : 0;
    return new NumberFeature(
        fields,
        scaling,
        clip,
        log1p,
        buckets,
        missing,
        constant,
        Feature.readIndicator(section, missing),
        Precision.DOUBLE);
  }

  @Override
  public RawForm form() {
    return new NumberForm(cellPrecision(), missing.isTaken());
  }

  @Override
  public int width() {
    return fields.size() * ((buckets.isEmpty() ? 1 : buckets.size() + 1) + (indicator ? 1 : 0));
  }

  @Override
  public int indexBound() {
    return 0;
  }

  /** Returns whether the network may see the field's number unchanged. */
  public boolean isUnchanged() {
    return isOnlyScaled() && scaling == Scaling.NONE;
  }

  @Override
  public Transformation transformation(Layout layout) {
    if (isUnchanged()) {
      return Affine.identity(layout, fields.size());
    }
    return isOnlyScaled() && scaling == Scaling.STANDARD
        ? new Standardization(layout, fields.size(), cells())
        : new Numbers(this, layout);
  }

  @Override
  public NumberFeature inSinglePrecision() {
    return new NumberFeature(
        fields, scaling, clip, log1p, buckets, missing, constant, indicator, Precision.SINGLE);
  }

  /** Returns where the numbers are stored among the raw cells. */
  NumberCells cells() {
    return NumberCells.ofFields(cellPrecision());
  }

  /** Numbers that the network sees unchanged are stored in single precision. */
  private Precision cellPrecision() {
    boolean asItIs = scaling == Scaling.NONE && !log1p && buckets.isEmpty();
    return asItIs ? Precision.SINGLE : precision;
  }

  /** Returns whether nothing but scaling happens to the numbers. */
  boolean isOnlyScaled() {
    return clip.isEmpty() && !log1p && buckets.isEmpty() && !missing.isTaken();
  }

  private static boolean isRising(List<Double> values) {
    for (int i = 1; i < values.size(); i++) {
      if (values.get(i) <= values.get(i - 1)) {
        return false;
      }
    }
    return true;
  }
}
