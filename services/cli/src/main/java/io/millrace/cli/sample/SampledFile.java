package io.millrace.cli.sample;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.tables.FileSettings;
import io.millrace.cli.tables.Table;
import io.millrace.cli.tables.TableRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rows of a file, sampled, and how they are written.
 *
 * @param settings how later files of its kind are read
 */
public record SampledFile(DataSample sample, FileSettings settings) {

  /**
   * Reads a file up to a number of rows. Few names among the numbers of a column, such as {@code
   * unknown}, become spellings of a missing value.
   *
   * @throws CommandFailedException with one sentence if it holds no table
   */
  public static SampledFile read(Path file, long mostRows) {
    FileSettings detected = FileSettings.detect(file);
    DataSample sample = sample(file, detected, mostRows);
    Set<String> names = sample.namesAmongNumbers();
    if (names.isEmpty()) {
      return new SampledFile(sample, detected);
    }
    FileSettings settings = withMissing(detected, names);
    return new SampledFile(sample(file, settings, mostRows), settings);
  }

  private static DataSample sample(Path file, FileSettings settings, long mostRows) {
    DataSample sample = new DataSample();
    try (Table table = Table.open(file, settings)) {
      while (table.hasNext() && sample.rows() < mostRows) {
        TableRow row = table.next();
        if (row.isUsable()) {
          sample.add(named(table.columns(), row.cells()), row.line());
        } else {
          sample.addMisshapen();
        }
      }
    }
    return sample;
  }

  private static FileSettings withMissing(FileSettings settings, Set<String> names) {
    List<String> missing = new ArrayList<>(settings.missing());
    missing.addAll(names);
    List<String> remarks = new ArrayList<>(settings.remarks());
    remarks.add("read as missing: " + String.join(", ", names));
    return new FileSettings(settings.header(), settings.columns(), missing, remarks);
  }

  private static Map<String, String> named(List<String> columns, List<String> cells) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      row.put(columns.get(i), cells.get(i));
    }
    return row;
  }
}
