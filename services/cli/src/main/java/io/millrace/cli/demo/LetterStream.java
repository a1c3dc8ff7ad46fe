package io.millrace.cli.demo;

import io.millrace.cli.embedded.Replay;
import io.millrace.cli.produce.Pace;
import io.millrace.cli.produce.RowEncoder;
import io.millrace.quickstart.LetterRecognition;
import java.util.ArrayList;
import java.util.List;

/**
 * The bundled letters as a stream: pass after pass, and from some record on with the labels of half
 * the letters permuted. Immutable.
 */
final class LetterStream {
  private static final int PERMUTED_LETTERS = 13;
  private static final int LABEL = 0;

  private final List<String> header = LetterRecognition.header();
  private final List<List<String>> rows = LetterRecognition.rows();
  private final long records;
  private final long driftAt;

  LetterStream(int passes, long driftAt) {
    this.records = (long) passes * rows.size();
    this.driftAt = driftAt;
  }

  List<String> header() {
    return header;
  }

  /** Returns the number of records in the stream. */
  long records() {
    return records;
  }

  int rows() {
    return rows.size();
  }

  /** Returns the row of a record, from 0. */
  int rowOf(long record) {
    return (int) (record % rows.size());
  }

  /** Sends every record when it is due. */
  void sendTo(Replay.Sink sink, RowEncoder encoder, Pace pace) {
    boolean goesOn = true;
    for (long record = 0; record < records && goesOn; record++) {
      pace.await();
      goesOn = sink.send(key(rowOf(record)), encoder.encode(cells(record)));
    }
  }

  /** Returns the key of a row's records. */
  static String key(int row) {
    return String.valueOf(row + 1);
  }

  boolean hasDrifted(long record) {
    return driftAt >= 0 && record >= driftAt;
  }

  /** Returns the cells of a record. */
  List<String> cells(long record) {
    List<String> cells = rows.get(rowOf(record));
    if (!hasDrifted(record)) {
      return cells;
    }
    List<String> drifted = new ArrayList<>(cells);
    drifted.set(LABEL, permuted(cells.get(LABEL)));
    return drifted;
  }

  /** Returns the label of a row at this point of the stream. */
  String label(int row, long record) {
    String label = rows.get(row).get(LABEL);
    return hasDrifted(record) ? permuted(label) : label;
  }

  /** Rotates the first half of the alphabet by one letter: A becomes B, and M becomes A. */
  private static String permuted(String label) {
    int letter = label.charAt(0) - 'A';
    return letter < PERMUTED_LETTERS
        ? String.valueOf((char) ('A' + (letter + 1) % PERMUTED_LETTERS))
        : label;
  }
}
