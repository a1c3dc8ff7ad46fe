package io.millrace.cli.tune;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.tuning.trials.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The file of the best settings, and the journal beside it.
 *
 * @param output where the best settings go
 * @param found what an interrupted search left; empty if a search begins
 */
record SearchFiles(Path output, Optional<Journal.Found> found) {

  /**
   * Looks at the files before a search.
   *
   * @throws CommandFailedException if they belong to another search
   */
  static SearchFiles open(Path output, boolean resume) throws IOException {
    Path journal = journal(output);
    if (resume && Files.exists(journal)) {
      return new SearchFiles(output, read(journal));
    }
    if (!resume && Files.exists(journal)) {
      throw new CommandFailedException(
          "%s has trials of an earlier search: go on with it by --resume, or name another --output"
              .formatted(journal));
    }
    if (!resume && Files.exists(output)) {
      throw new CommandFailedException(output + " exists; name another file by --output");
    }
    return new SearchFiles(output, Optional.empty());
  }

  /**
   * Begins the journal, or goes on with it.
   *
   * @param head what is searched
   * @throws CommandFailedException if the journal is of something else
   */
  Journal journal(Map<String, Object> head) throws IOException {
    if (found.isEmpty()) {
      return Journal.begin(journal(output), head);
    }
    Map<String, Object> before = found.get().head();
    for (String key : head.keySet()) {
      if (!String.valueOf(head.get(key)).equals(String.valueOf(before.get(key)))) {
        throw new CommandFailedException(
            "%s is of another search: its %s differ; search anew with another --output"
                .formatted(journal(output), key));
      }
    }
    return Journal.goOn(journal(output), found.get());
  }

  /** Returns the journal of a file with the best settings. */
  static Path journal(Path output) {
    return output.resolveSibling(output.getFileName() + ".trials.jsonl");
  }

  private static Optional<Journal.Found> read(Path journal) throws IOException {
    try {
      return Journal.read(journal);
    } catch (IllegalArgumentException e) {
      throw new CommandFailedException(
          "%s cannot be read as trials of a search; search anew with another --output"
              .formatted(journal));
    }
  }
}
