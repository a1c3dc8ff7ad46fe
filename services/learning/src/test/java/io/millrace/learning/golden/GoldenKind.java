package io.millrace.learning.golden;

import com.fasterxml.jackson.databind.JsonNode;

/** Reproduces the cases of one kind of golden file. */
@FunctionalInterface
public interface GoldenKind {

  /** Fails with an assertion error if a case is not reproduced. */
  void check(JsonNode goldenCase);
}
