package io.millrace.learning.features;

import io.millrace.settings.Section;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How terms get their numbers: by a given vocabulary, by a learned one, or by hashing.
 *
 * @param known the canonical names of a given vocabulary; empty for the other two
 * @param size how many terms, or hashes, are told apart
 * @param learned whether terms get numbers as they first occur, until {@code size} have one
 */
public record TermSettings(List<String> known, int size, boolean learned) {
  private static final int MOST = 10_000_000;

  public TermSettings {
    known = List.copyOf(known);
  }

  /**
   * Reads the settings.
   *
   * @param names maps a term of the settings to its canonical name
   */
  static TermSettings read(Section section, UnaryOperator<String> names) {
    List<String> known =
        section
            .texts("vocabulary", "the known terms; others share one number")
            .check(
                "each once (1 and 1.0 are one)",
                terms -> terms.size() == terms.stream().map(names).distinct().count())
            .orElse(List.of())
            .stream()
            .map(names)
            .toList();
    Optional<Integer> learned =
        size(section, "vocabulary_size", "how many terms are learned, as they first come");
    Optional<Integer> hashes =
        size(section, "hash_buckets", "number of hash buckets for the terms");
    int given = (known.isEmpty() ? 0 : 1) + (learned.isPresent() ? 1 : 0);
    if (given + (hashes.isPresent() ? 1 : 0) != 1) {
      section.report("", "needs one of vocabulary, vocabulary_size and hash_buckets");
    }
    return new TermSettings(
        known, learned.or(() -> hashes).orElse(Math.max(1, known.size())), learned.isPresent());
  }

  /** Returns a new numbering, which knows only the terms of the settings. */
  TermNumbers numbers() {
    if (!learned && known.isEmpty()) {
      return new HashedTerms(size);
    }
    Vocabulary vocabulary = new Vocabulary(size, learned);
    known.forEach(term -> vocabulary.add(Term.of(term, 0, term.length())));
    return vocabulary;
  }

  private static Optional<Integer> size(Section section, String key, String meaning) {
    return section.integer(key, meaning).atLeast(1).atMost(MOST).optional();
  }
}
