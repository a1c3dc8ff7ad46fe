package io.millrace.cli.sample;

import java.nio.file.Path;
import java.util.List;

/**
 * The model that is guessed for a file of rows.
 *
 * @param file the rows
 * @param yaml its settings
 * @param lines what was understood, for people
 */
public record FileGuess(Path file, String yaml, List<String> lines) {
  public FileGuess {
    lines = List.copyOf(lines);
  }
}
