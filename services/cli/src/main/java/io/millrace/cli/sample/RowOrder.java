package io.millrace.cli.sample;

/** Tells whether rows come in the order of their label. */
final class RowOrder {
  private static final int ENOUGH = 20;

  /** The share of the changes from row to row that chance would make. */
  private static final double FEW = 0.2;

  private RowOrder() {}

  /** Returns whether rows of one class follow each other far more often than by chance. */
  static boolean isSorted(Label label) {
    FirstValues rows = label.column().firstValues();
    int before = -1;
    int pairs = 0;
    int changes = 0;
    for (int row = 0; row < Math.min(label.column().rows(), FirstValues.MOST); row++) {
      int name = rows.name(row);
      if (before >= 0 && name >= 0) {
        pairs++;
        changes += name == before ? 0 : 1;
      }
      before = name;
    }
    return label.isClasses() && pairs >= ENOUGH && changes < FEW * pairs * chance(label);
  }

  /** Returns the probability that two rows have different classes. */
  private static double chance(Label label) {
    double same = 0;
    for (String name : label.classes()) {
      same += Math.pow((double) label.rows(name) / label.column().values(), 2);
    }
    return 1 - same;
  }
}
