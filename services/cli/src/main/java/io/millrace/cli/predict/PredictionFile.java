package io.millrace.cli.predict;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.scores.PredictionText;
import io.millrace.client.Output;
import io.millrace.client.Prediction;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A CSV file of the rows and their predictions: the columns of the rows, then for each output its
 * prediction and, for classes, the probability of each. Where a row was skipped, these are empty.
 */
public final class PredictionFile implements RowListener, AutoCloseable {
  private final ModelDefinition definition;
  private final CsvWriter csv;
  private final int added;

  private PredictionFile(ModelDefinition definition, List<String> columns, CsvWriter csv) {
    this.definition = definition;
    this.csv = csv;
    List<String> head = new ArrayList<>(columns);
    for (OutputSettings settings : definition.outputs()) {
      head.add(free("predicted_" + settings.field(), head));
      for (String name : settings.classes()) {
        head.add(free("probability_" + prefix(settings) + name, head));
      }
    }
    this.added = head.size() - columns.size();
    csv.writeRecord(head);
  }

  /**
   * Creates the file.
   *
   * @param columns the columns of the rows
   * @throws CommandFailedException if there is such a file already, or it cannot be written
   */
  public static PredictionFile create(Path file, ModelDefinition definition, List<String> columns) {
    try {
      return new PredictionFile(
          definition,
          columns,
          CsvWriter.builder().build(Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW)));
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailedException(file + " exists; name another file by --output");
    } catch (IOException e) {
      throw new CommandFailedException(file + " cannot be written: " + e.getMessage());
    }
  }

  @Override
  public void predicted(FileRow row, Prediction prediction, int index) {
    List<String> cells = new ArrayList<>(row.row().cells());
    for (OutputSettings settings : definition.outputs()) {
      Output output = prediction.output(settings.name());
      cells.add(PredictionText.answer(settings, output, index));
      if (!settings.classes().isEmpty()) {
        for (float score : PredictionText.scores(settings, output, index)) {
          cells.add(Float.toString(score));
        }
      }
    }
    csv.writeRecord(cells);
  }

  @Override
  public void skipped(FileRow row, List<String> problems) {
    List<String> cells = new ArrayList<>(row.row().cells());
    cells.addAll(Collections.nCopies(added, ""));
    csv.writeRecord(cells);
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }

  private String prefix(OutputSettings settings) {
    return definition.outputs().size() == 1 ? "" : settings.field() + "_";
  }

  /** Returns the name with a number if the file has such a column, as one with predictions has. */
  private static String free(String name, List<String> taken) {
    String free = name;
    for (int number = 2; taken.contains(free); number++) {
      free = name + "_" + number;
    }
    return free;
  }
}
