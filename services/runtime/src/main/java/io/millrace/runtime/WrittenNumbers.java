package io.millrace.runtime;

import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * YAML's core schema with JSON's numbers (RFC 8259), and non-finite ones. Any other notation is a
 * text, as in records: 01067 is a postal code, and 0x10 a name. An option that needs a number
 * parses the text.
 */
final class WrittenNumbers extends CoreSchema {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d+)?|[-+]?\\.(?i:inf|nan)");

  @Override
  public ScalarResolver getScalarResolver() {
    ScalarResolver core = super.getScalarResolver();
    return (value, implicit) -> {
      Tag tag = core.resolve(value, implicit);
      boolean isNumber = tag.equals(Tag.INT) || tag.equals(Tag.FLOAT);
      return isNumber && !NUMBER.matcher(value).matches() ? Tag.STR : tag;
    };
  }
}
