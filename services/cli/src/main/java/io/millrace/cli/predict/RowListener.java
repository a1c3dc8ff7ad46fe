package io.millrace.cli.predict;

import io.millrace.client.Prediction;
import java.io.IOException;
import java.util.List;

/** Is told what became of each row, in the order of the rows. */
public interface RowListener {

  /**
   * A row was predicted.
   *
   * @param index the row's place in the prediction
   */
  void predicted(FileRow row, Prediction prediction, int index) throws IOException;

  /** A row cannot be predicted, and why. */
  void skipped(FileRow row, List<String> problems) throws IOException;
}
