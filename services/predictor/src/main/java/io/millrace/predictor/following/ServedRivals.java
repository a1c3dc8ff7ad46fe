package io.millrace.predictor.following;

import io.millrace.settings.Section;

/** Which rivals of a model answer. It makes no difference for models without rivals. */
public enum ServedRivals {
  /** All, by their shares. */
  COMBINED,

  /** The one with the largest share in its version, alone. */
  LEADER;

  /** Reads its option from the section {@code serving}. */
  public static ServedRivals read(Section serving) {
    return serving
        .choice(
            "serve_rivals", ServedRivals.class, "Which rivals answer: all by their shares, or one.")
        .orElse(COMBINED);
  }
}
