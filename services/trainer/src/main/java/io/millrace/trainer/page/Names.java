package io.millrace.trainer.page;

import java.util.Locale;

/** The spelling of names in the page's JSON. */
final class Names {
  private Names() {}

  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
