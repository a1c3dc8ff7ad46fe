package io.millrace.cli.tables.rows;

import io.millrace.cli.failures.CommandFailedException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Files that hold no rows as text, known by their first bytes. */
final class ForeignFiles {
  private static final String UNPACK = "; unpack it, and name the file inside";
  private static final String SHEET = "; save the sheet as CSV (UTF-8), and name that file";
  private static final String PICTURE = "; records are rows of values";

  /** The first bytes, one character each, and what such a file is. */
  private static final Map<String, String> KINDS = kinds();

  private ForeignFiles() {}

  private static Map<String, String> kinds() {
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put("PAR1", "a Parquet file" + pandas("read_parquet"));
    kinds.put("ARROW1", "an Arrow file" + pandas("read_feather"));
    kinds.put("FEA1", "a Feather file" + pandas("read_feather"));
    kinds.put("ORC", "an ORC file" + pandas("read_orc"));
    kinds.put("\u0089HDF\r\n", "an HDF5 file" + pandas("read_hdf"));
    kinds.put("Obj\u0001", "an Avro file; write its records as JSON lines, as `avro-tools tojson`");
    kinds.put("\u0093NUMPY", "a NumPy file; write it with numpy.savetxt, delimiter=','");
    kinds.put("SQLite format 3", "a SQLite database; write the table as CSV, as `sqlite3 -csv`");
    kinds.put("\u00d0\u00cf\u0011\u00e0", "an old Excel workbook or Office document" + SHEET);
    kinds.put("PK\u0003\u0004", "a ZIP archive" + UNPACK);
    kinds.put("BZh", "packed by bzip2" + UNPACK);
    kinds.put("\u00fd7zXZ", "packed by xz" + UNPACK);
    kinds.put("(\u00b5/\u00fd", "packed by zstd" + UNPACK);
    kinds.put("7z\u00bc\u00af", "a 7-Zip archive" + UNPACK);
    kinds.put("Rar!", "a RAR archive" + UNPACK);
    kinds.put("\u0089PNG", "a PNG picture" + PICTURE);
    kinds.put("\u00ff\u00d8\u00ff", "a JPEG picture" + PICTURE);
    kinds.put("GIF8", "a GIF picture" + PICTURE);
    kinds.put("%PDF", "a PDF document; save its table as CSV");
    kinds.put("<?xml", "an XML document; write its records as CSV or JSON lines");
    kinds.put("<!doctype html", "an HTML page; save the data that it shows or links to");
    kinds.put("<html", "an HTML page; save the data that it shows or links to");
    kinds.put("@relation", "an ARFF file; leave out all lines to @data, and name the columns");
    for (int version = 2; version <= 5; version++) {
      kinds.put("\u0080" + (char) version, "a pickle of Python" + pandas("read_pickle"));
    }
    return kinds;
  }

  private static String pandas(String reader) {
    return "; millrace reads CSV, JSON lines and JSON arrays: with Python, pandas."
        + reader
        + "(...).to_csv('data.csv', index=False) writes one";
  }

  /**
   * Refuses a file that is no text.
   *
   * @throws CommandFailedException with what it is, and what to do
   */
  static void refuse(Path file, byte[] head, Charset encoding) {
    String begin = new String(head, StandardCharsets.ISO_8859_1);
    String isExcel = "a ZIP archive" + UNPACK;
    for (Map.Entry<String, String> kind : KINDS.entrySet()) {
      if (begins(begin, kind.getKey())) {
        boolean workbook =
            kind.getValue().equals(isExcel) && (begin.contains("xl/") || begin.contains("[Cont"));
        throw new CommandFailedException(
            file + " is " + (workbook ? "an Excel workbook" + SHEET : kind.getValue()));
      }
    }
    int zero = begin.indexOf('\0');
    boolean isWide = encoding.name().startsWith("UTF-16");
    if (!isWide && (zero >= 0 || isMostlyControls(begin))) {
      throw new CommandFailedException(
          file
              + " is no text"
              + (zero >= 0 ? ": its byte " + (zero + 1) + " is 0" : "")
              + "; millrace reads CSV, JSON lines and JSON arrays");
    }
  }

  private static boolean begins(String begin, String mark) {
    return begin.startsWith(mark)
        || (mark.charAt(0) == '<' || mark.charAt(0) == '@')
            && begin.stripLeading().toLowerCase(Locale.ROOT).startsWith(mark);
  }

  private static boolean isMostlyControls(String begin) {
    long controls = begin.chars().filter(c -> c < ' ' && !Character.isWhitespace(c)).count();
    return controls > begin.length() / 20;
  }
}
