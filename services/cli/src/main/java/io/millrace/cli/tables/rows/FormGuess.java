package io.millrace.cli.tables.rows;

import io.millrace.cli.failures.CommandFailedException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells by the beginning of a text how its rows and cells are told apart: by what cuts most rows
 * into equally many cells.
 */
final class FormGuess {
  private static final int MOST_ROWS = 300;

  /** Where several fit alike, the one that is rarer inside cells. */
  private static final String SEPARATORS = "\t;|,";

  /** How much less a separator may fit than the best one. */
  private static final double ALIKE = 0.01;

  /** What it counts that the first row, which is often a header, is like most others. */
  private static final double LIKE_THE_FIRST = 0.5;

  private static final double NEARLY_ALL = 0.95;
  private static final Pattern SPARSE =
      Pattern.compile("\\s*[-+]?[\\d.]+([ \\t]+\\d+:[-+.\\deE]+){2,}[ \\t]*\\R");
  private static final Pattern TWO_SPACES = Pattern.compile("\\S {2,}\\S");

  private final Path file;
  private final String text;
  private final boolean isWhole;

  /**
   * @param text the beginning of the file
   * @param isWhole whether it is the whole file
   */
  private FormGuess(Path file, String text, boolean isWhole) {
    this.file = file;
    this.text = text;
    this.isWhole = isWhole;
  }

  /**
   * Returns the form of lines of cells.
   *
   * @throws CommandFailedException if cells name their columns by numbers
   */
  static Form of(Path file, String text, boolean isWhole) {
    if (SPARSE.matcher(text).lookingAt()) {
      throw new CommandFailedException(
          file + " is in the sparse notation of LIBSVM; write every value, as CSV");
    }
    return new FormGuess(file, text, isWhole).form();
  }

  private Form form() {
    List<Fit> fits = new ArrayList<>();
    for (char separator : SEPARATORS.toCharArray()) {
      fits.add(fit(new Form.Separated(separator, true, isPadded(separator))));
    }
    Fit tabs = fit(new Form.Separated('\t', false, false));
    if (tabs.share() > fits.get(0).share() && tabs.share() >= NEARLY_ALL) {
      fits.set(0, tabs);
    }
    double best = fits.stream().mapToDouble(Fit::rank).max().orElse(0);
    Optional<Fit> found = fits.stream().filter(fit -> fit.rank() >= best - ALIKE).findFirst();
    Fit chosen = best == 0 ? fits.get(SEPARATORS.indexOf(',')) : found.orElseThrow();
    Fit spaced = fit(new Form.Spaced());
    return isSpaced(spaced, chosen) ? spaced.form() : chosen.form();
  }

  /** Spaces are also between words, so they separate cells only where nothing else does. */
  private boolean isSpaced(Fit spaced, Fit other) {
    if (!spaced.isOfAllRows() || spaced.share() < other.share()) {
      return false;
    }
    boolean isTabbed = other.form() instanceof Form.Separated cells && cells.separator() == '\t';
    if (isTabbed && other.share() == 1) {
      // Cells in columns may have one tab before the last of them.
      return spaced.cells() > 2 * other.cells() && TWO_SPACES.matcher(text).find();
    }
    return isTabbed || other.share() < NEARLY_ALL;
  }

  private boolean isPadded(char separator) {
    return text.contains(separator + " \"");
  }

  /** Returns how well a form fits; what follows an error does not count. */
  private Fit fit(Form form) {
    List<Integer> counts = new ArrayList<>();
    int rows = 0;
    try (RawRows raw = open(form)) {
      while (rows < MOST_ROWS && raw.hasNext()) {
        int cells = raw.next().cells().size();
        if (isWhole || raw.hasNext()) { // else the row may be cut
          counts.add(cells);
          rows++;
        }
      }
    } catch (CommandFailedException e) {
      rows += isWhole ? 1 : 0;
    }
    return Fit.of(form, counts, rows);
  }

  private RawRows open(Form form) {
    StringReader reader = new StringReader(text);
    return form instanceof Form.Separated separated
        ? new SeparatedRows(file, reader, separated)
        : new SpacedRows(reader);
  }

  /**
   * How well a form fits.
   *
   * @param cells how many cells most rows have
   * @param share the share of those rows; 0 if they have one cell
   * @param first how many cells the first row has
   * @param others how many rows have another number of cells
   */
  private record Fit(Form form, int cells, double share, int first, int others) {

    static Fit of(Form form, List<Integer> counts, int rows) {
      Map<Integer, Integer> rowsByCells = new HashMap<>();
      counts.forEach(count -> rowsByCells.merge(count, 1, Integer::sum));
      Fit best = new Fit(form, 1, 0, 1, rows);
      for (Map.Entry<Integer, Integer> entry : rowsByCells.entrySet()) {
        int alike = entry.getValue();
        double share = (double) alike / rows;
        if (share > best.share()) {
          best = new Fit(form, entry.getKey(), share, counts.get(0), rows - alike);
        }
      }
      return best.cells() == 1 ? new Fit(form, 1, 0, 1, rows) : best;
    }

    /** Returns how well it fits; best is what cuts the first row as it cuts most of them. */
    double rank() {
      return share + (share > 0 && first == cells ? LIKE_THE_FIRST : 0);
    }

    /** Returns whether all rows fit, but for a header that leaves out the rows' own names. */
    boolean isOfAllRows() {
      return share > 0 && (others == 0 || others == 1 && cells > 2 && first == cells - 1);
    }
  }
}
