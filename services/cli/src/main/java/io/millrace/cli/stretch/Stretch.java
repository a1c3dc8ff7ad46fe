package io.millrace.cli.stretch;

import io.millrace.cli.invocation.Configuration;
import io.millrace.tuning.data.RecordCollector;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What is read into memory: a file's rows, or a stretch of the topic.
 *
 * @param file null for the topic
 * @param from where the stretch begins
 * @param to where it ends
 * @param most the most records: the first rows of a file, the newest of a topic; absent: as many as
 *     a quarter of the memory holds
 */
public record Stretch(@Nullable Path file, Bound from, Bound to, OptionalInt most) {
  private static final int SHARE_OF_MEMORY = 4;

  /**
   * Reads the records.
   *
   * @throws io.millrace.cli.failures.CommandFailedException if there is nothing to learn from
   */
  public LoadedRecords read(Configuration configuration) {
    long memory = Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY;
    int records = most.orElse(RecordCollector.fitting(configuration.definition(), memory));
    RecordCollector collector = new RecordCollector(configuration.trainer(), records);
    return file == null
        ? TopicStretch.read(configuration, from, to, records, collector)
        : FileRows.read(configuration, file, collector);
  }

  /** Returns this stretch between the offsets of records that were read before. */
  public Stretch again(Map<?, ?> position) {
    return position.get("from") instanceof Map<?, ?> begins
            && position.get("to") instanceof Map<?, ?> ends
        ? new Stretch(file, Bound.offsets(offsets(begins)), Bound.offsets(offsets(ends)), most)
        : this;
  }

  private static Map<Integer, Long> offsets(Map<?, ?> written) {
    Map<Integer, Long> offsets = new HashMap<>();
    written.forEach(
        (partition, offset) ->
            offsets.put(
                Integer.parseInt(String.valueOf(partition)),
                Long.parseLong(String.valueOf(offset))));
    return offsets;
  }
}
