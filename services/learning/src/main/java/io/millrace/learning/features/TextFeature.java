package io.millrace.learning.features;

import io.millrace.settings.Section;
import java.util.List;

/**
 * A text as the numbers of its first tokens, for an embedding.
 *
 * @param tokens how many tokens
 * @param terms how tokens get their numbers
 * @param missing what happens to a record without the field
 */
public record TextFeature(List<String> fields, int tokens, TermSettings terms, Missing missing)
    implements Feature {
  private static final int MOST_TOKENS = 65_536;

  public TextFeature {
    fields = List.copyOf(fields);
  }

  static TextFeature read(Section section, List<String> fields) {
    requireOne(section, fields);
    return new TextFeature(
        fields.subList(0, 1),
        section
            .integer("tokens", "how many tokens of the text the network sees")
            .atLeast(1)
            .atMost(MOST_TOKENS)
            .required(),
        TermSettings.read(section, TokensForm::nameOf),
        Feature.readMissing(section, List.of(Missing.REJECT, Missing.EMPTY)));
  }

  static void requireOne(Section section, List<String> fields) {
    if (fields.size() > 1) {
      section.report("fields", "has several fields; allowed for this type: one, as field");
    }
  }

  @Override
  public RawForm form() {
    return new TokensForm(tokens, missing.isTaken());
  }

  @Override
  public int width() {
    return tokens;
  }

  @Override
  public int indexBound() {
    return 2 + terms.size();
  }

  @Override
  public Transformation transformation(Layout layout) {
    return new Tokens(layout, tokens, terms.numbers());
  }
}
