package io.millrace.trainer.tensorboard;

import io.millrace.learning.inspection.Confusion;
import java.util.List;

/**
 * A confusion matrix as a picture: a row for each actual class, a column for each answer. A cell is
 * the darker the larger its share of the row is, blue where the answer is right and red elsewhere.
 */
final class ConfusionPicture {
  private static final int WHITE = 0xffffff;
  private static final int INK = 0x202124;
  private static final int GRID = 0xdadce0;
  private static final int RIGHT = 0x1a5fb4;
  private static final int WRONG = 0xb3261e;
  private static final int MARGIN = 8;
  private static final int TEXT = Letters.HEIGHT + 4;
  private static final int MOST_LETTERS = 16;
  private static final int FEW_CLASSES = 16;
  private static final int SOME_CLASSES = 48;
  private static final int WIDE = 46;
  private static final int MIDDLE = 26;
  private static final int NARROW = 4;
  private static final double DARK = 0.5;

  private final Confusion confusion;
  private final List<String> classes;
  private final int cell;
  private final int left;
  private final int top;
  private final Picture picture;

  private ConfusionPicture(Confusion confusion, List<String> classes) {
    this.confusion = confusion;
    this.classes = classes;
    int count = confusion.classes();
    cell = count <= FEW_CLASSES ? WIDE : count <= SOME_CLASSES ? MIDDLE : NARROW;
    int letters = classes.stream().mapToInt(String::length).max().orElse(0);
    left = MARGIN + (hasTexts() ? Math.min(MOST_LETTERS, letters) * Letters.ADVANCE + MARGIN : 0);
    top = MARGIN + TEXT + (hasTexts() ? TEXT : 0);
    String caption = caption();
    picture =
        new Picture(
            Math.max(left + count * cell, MARGIN + caption.length() * Letters.ADVANCE) + MARGIN,
            top + count * cell + MARGIN,
            WHITE);
    picture.write(caption, MARGIN, MARGIN, INK);
  }

  static Picture of(Confusion confusion, List<String> classes) {
    return new ConfusionPicture(confusion, classes).drawn();
  }

  private Picture drawn() {
    for (int i = 0; i < confusion.classes(); i++) {
      if (hasTexts()) {
        String name = cut(classes.get(i), MOST_LETTERS);
        int from = left - MARGIN / 2 - name.length() * Letters.ADVANCE;
        picture.write(name, from, top + i * cell + (cell - Letters.HEIGHT) / 2, INK);
        centered(cut(classes.get(i), cell / Letters.ADVANCE), i, top - TEXT, INK);
      }
      for (int answer = 0; answer < confusion.classes(); answer++) {
        drawCell(i, answer);
      }
    }
    return picture;
  }

  private void drawCell(int actual, int answer) {
    long count = confusion.count(actual, answer);
    double share = count == 0 ? 0 : (double) count / confusion.support(actual);
    int x = left + answer * cell;
    int y = top + actual * cell;
    int gap = cell > NARROW ? 1 : 0;
    picture.fill(x, y, cell, cell, GRID);
    int color = mixed(actual == answer ? RIGHT : WRONG, share);
    picture.fill(x, y, cell - gap, cell - gap, color);
    if (hasTexts() && count > 0) {
      int above = y + (cell - Letters.HEIGHT) / 2;
      centered(number(count), answer, above, share > DARK ? WHITE : INK);
    }
  }

  /** Writes a text in the middle of a column. */
  private void centered(String text, int column, int y, int color) {
    int wide = text.length() * Letters.ADVANCE - 1;
    picture.write(text, left + column * cell + (cell - wide) / 2, y, color);
  }

  private String caption() {
    long right = 0;
    long all = 0;
    for (int i = 0; i < confusion.classes(); i++) {
      right += confusion.count(i, i);
      all += confusion.support(i);
    }
    return right + " of " + all + " right; rows: actual class, columns: answer";
  }

  private boolean hasTexts() {
    return cell > NARROW;
  }

  /** Returns a number in at most four characters. */
  private static String number(long count) {
    if (count < 10_000) {
      return Long.toString(count);
    }
    if (count < 1_000_000) {
      return count / 1000 + "k";
    }
    return count / 1_000_000 + "M";
  }

  private static String cut(String name, int letters) {
    return name.length() <= letters ? name : name.substring(0, letters - 1) + "~";
  }

  /** Returns white for 0 and the color for 1. */
  private static int mixed(int color, double share) {
    int mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int full = color >> shift & 0xff;
      mixed |= (int) Math.round(0xff + share * (full - 0xff)) << shift;
    }
    return mixed;
  }
}
