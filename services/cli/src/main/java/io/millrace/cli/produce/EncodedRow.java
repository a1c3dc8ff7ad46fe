package io.millrace.cli.produce;

import java.util.List;

/**
 * A row as it goes onto the topic.
 *
 * @param value the record's value; whoever receives it owns it
 * @param problems what of the row the format cannot carry, such as {@code x_box: "abc" is no
 *     number}; they travel in a header, so that a dead letter tells them
 */
public record EncodedRow(byte[] value, List<String> problems) {
  public EncodedRow {
    problems = List.copyOf(problems);
  }
}
