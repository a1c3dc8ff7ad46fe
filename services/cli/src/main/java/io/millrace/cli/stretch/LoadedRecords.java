package io.millrace.cli.stretch;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.terminal.Figures;
import io.millrace.tuning.data.DecodedRecords;
import io.millrace.tuning.data.RecordCollector;
import io.millrace.tuning.data.RejectedRecords;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records in memory, and where they are from.
 *
 * @param name of what was read, in words
 * @param position what was read, to read the same again; by offsets where it is a topic
 */
public record LoadedRecords(DecodedRecords records, String name, Map<String, Object> position) {
  private static final int LISTED = 3;

  public LoadedRecords {
    position = Collections.unmodifiableMap(new LinkedHashMap<>(position));
  }

  /**
   * Takes over what was collected.
   *
   * @throws CommandFailedException if there is nothing to learn from
   */
  static LoadedRecords of(RecordCollector collector, String name, Map<String, Object> position) {
    if (collector.size() == 0) {
      List<RejectedRecords> rejected = collector.rejected();
      throw new CommandFailedException(
          rejected.isEmpty()
              ? name + " has no records"
              : "no record of %s can be learned from: %s"
                  .formatted(name, String.join("; ", problems(rejected))));
    }
    return new LoadedRecords(collector.collected(), name, position);
  }

  /** Returns what was read, for people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("%s records of %s in memory".formatted(Figures.count(records.size()), name));
    if (records.rejections() > 0) {
      lines.add("%s others cannot be used:".formatted(Figures.count(records.rejections())));
      problems(records.rejected()).forEach(problem -> lines.add("  " + problem));
    }
    return lines;
  }

  private static List<String> problems(List<RejectedRecords> rejected) {
    List<String> lines = new ArrayList<>();
    rejected.stream()
        .limit(LISTED)
        .forEach(each -> lines.add(Figures.count(each.records()) + ": " + each.message()));
    if (rejected.size() > LISTED) {
      lines.add("and for " + (rejected.size() - LISTED) + " other reasons");
    }
    return lines;
  }
}
