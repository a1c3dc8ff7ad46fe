package io.millrace.learning.features;

import io.millrace.settings.Section;
import java.util.List;

/**
 * Categories by name, one per field.
 *
 * @param terms how categories get their numbers; if learned, each field learns its own
 * @param as what the network sees
 * @param missing what happens to a record without the field
 * @param indicator whether an extra number says that the category was missing
 */
public record CategoryFeature(
    List<String> fields, TermSettings terms, As as, Missing missing, boolean indicator)
    implements Feature {

  /** What the network sees of a category. */
  public enum As {
    /**
     * One number per category, preceded by one for unknown categories; exactly one of them is 1.
     */
    ONE_HOT,

    /** The category's number, for an embedding; 0 for an unknown category. */
    INDEX
  }

  public CategoryFeature {
    fields = List.copyOf(fields);
  }

  static CategoryFeature read(Section section, List<String> fields) {
    TermSettings terms = TermSettings.read(section, TermName::of);
    As as = section.choice("as", As.class, "what the network sees").orElse(As.ONE_HOT);
    Missing missing = Feature.readMissing(section, List.of(Missing.REJECT, Missing.EMPTY));
    boolean indicator = Feature.readIndicator(section, missing);
    if (indicator && as == As.INDEX) {
      section.report("missing_indicator", "is true, but an index has no place for it");
    }
    return new CategoryFeature(fields, terms, as, missing, indicator && as == As.ONE_HOT);
  }

  @Override
  public RawForm form() {
    return new TermForm(missing.isTaken());
  }

  @Override
  public int width() {
    int each = as == As.INDEX ? 1 : 1 + terms.size() + (indicator ? 1 : 0);
    return fields.size() * each;
  }

  @Override
  public int indexBound() {
    return as == As.INDEX ? 1 + terms.size() : 0;
  }

  @Override
  public Transformation transformation(Layout layout) {
    return new Categories(this, layout);
  }
}
