package io.millrace.cli.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Lines of a file that have something in common: how many, and the first ones. */
public final class Lines {
  private static final int SHOWN = 3;

  private final List<Long> first = new ArrayList<>();
  private long count;

  /** Adds a line, counted from 1. */
  public void add(long line) {
    count++;
    if (first.size() < SHOWN) {
      first.add(line);
    }
  }

  public long count() {
    return count;
  }

  @Override
  public String toString() {
    return "line "
        + first.stream().map(String::valueOf).collect(Collectors.joining(", "))
        + (count > first.size() ? " and others" : "");
  }
}
