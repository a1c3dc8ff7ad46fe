package io.millrace.cli.produce;

import java.util.List;

/**
 * A row, encoded for the topic.
 *
 * @param value the record's value, owned by the receiver
 * @param problems what the format cannot represent, such as {@code x_box: "abc" is no number}; a
 *     header carries them, so a dead letter shows them
 */
public record EncodedRow(byte[] value, List<String> problems) {
  public EncodedRow {
    problems = List.copyOf(problems);
  }
}
