package io.millrace.learning.features;

import io.millrace.settings.Section;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A point in time as parts of its date and time in UTC, each as sine and cosine.
 *
 * @param unit what a number counts
 * @param parts the parts, in this order
 * @param missing what happens to a record without the field
 * @param indicator whether an extra number says that the time was missing
 */
public record DateFeature(
    List<String> fields,
    TimeForm.Unit unit,
    List<DatePart> parts,
    Missing missing,
    boolean indicator)
    implements Feature {

  public DateFeature {
    fields = List.copyOf(fields);
    parts = List.copyOf(parts);
  }

  static DateFeature read(Section section, List<String> fields) {
    TextFeature.requireOne(section, fields);
    TimeForm.Unit unit =
        section
            .choice("unit", TimeForm.Unit.class, "unit of a number that counts from 1970-01-01 UTC")
            .orElse(TimeForm.Unit.MILLISECONDS);
    String allowed = "some of " + String.join(", ", names(List.of(DatePart.values())));
    List<DatePart> parts =
        section
            .texts("parts", "parts of date and time, each seen as sine and cosine")
            .check(allowed, texts -> texts.stream().allMatch(text -> part(text) != null))
            .orElse(names(List.of(DatePart.HOUR_OF_DAY, DatePart.DAY_OF_WEEK)))
            .stream()
            .map(DateFeature::part)
            .flatMap(part -> Optional.ofNullable(part).stream())
            .toList();
    Missing missing = Feature.readMissing(section, List.of(Missing.REJECT, Missing.EMPTY));
    return new DateFeature(
        fields.subList(0, 1),
        unit,
        parts.isEmpty() ? List.of(DatePart.HOUR_OF_DAY) : parts,
        missing,
        Feature.readIndicator(section, missing));
  }

  @Override
  public RawForm form() {
    return new TimeForm(unit, missing.isTaken());
  }

  @Override
  public int width() {
    return 2 * parts.size() + (indicator ? 1 : 0);
  }

  @Override
  public int indexBound() {
    return 0;
  }

  @Override
  public Transformation transformation(Layout layout) {
    int width = 2 * parts.size();
    if (!missing.isTaken()) {
      return new CyclicParts(layout, parts);
    }
    CyclicParts present = new CyclicParts(new Layout(rawWidth(), 0, width, 0), parts);
    return new OrZeros(layout, present, rawWidth(), width, indicator);
  }

  private static List<String> names(List<DatePart> parts) {
    return parts.stream().map(part -> part.name().toLowerCase(Locale.ROOT)).toList();
  }

  private static @Nullable DatePart part(String name) {
    return Arrays.stream(DatePart.values())
        .filter(part -> part.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElse(null);
  }
}
