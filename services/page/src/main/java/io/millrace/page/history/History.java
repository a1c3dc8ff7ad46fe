package io.millrace.page.history;

import io.millrace.page.history.Curves.Shown;
import io.millrace.page.json.JsonText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What has happened to a model: its evaluations as curves, the shares of rivals among them, other
 * events as marks, and rates since the start of this process. Its memory is bounded however long it
 * lasts: neighbours on a curve are merged, and of each kind of event the newest marks are kept.
 * Safe for any thread.
 */
public final class History {
  private static final int MOST_MARKS_OF_A_KIND = 50;
  private static final int MOST_KINDS = 20;
  private static final int MOST_NEWEST = 256;

  /** The most points of the curves of shares, which come beside all others. */
  private static final int MOST_SHARES = 1000;

  private final Curves curves = new Curves(Shown.EXTREMES);
  private final Curves shares = new Curves(Shown.SAMPLES);
  private final Curves rates = new Curves(Shown.EXTREMES);
  private final Map<String, Deque<Mark>> marks = new HashMap<>();

  /** The newest events, for streams; the last one has the position {@link #told}. */
  private final Deque<Happening> newest = new ArrayDeque<>();

  private long told;
  private long number;

  /** Adds an event. One whose number is not higher than the last one's begins a new life. */
  public synchronized void add(Happening event) {
    if (event.number() <= number) {
      clear();
    }
    number = event.number();
    if (event instanceof Mark mark) {
      add(mark);
    } else if (event instanceof Evaluated evaluated) {
      add(evaluated);
    }
    newest.add(event);
    told++;
    if (newest.size() > MOST_NEWEST) {
      newest.remove();
    }
  }

  /** Forgets the events, since they are read anew or are of a former life. */
  public synchronized void clear() {
    curves.clear();
    shares.clear();
    marks.clear();
    newest.clear();
    number = 0;
    told++; // whoever is before it has missed this
  }

  /** Adds a sample of this process's rates. */
  public synchronized void sample(long timeMillis, Map<String, Double> values) {
    rates.add(0, timeMillis, values);
  }

  /** Writes all fields of the history; each column has at most so many points. */
  public synchronized void write(JsonText json, int points) {
    curves.write(json, points);
    json.object("shares", fields -> shares.write(fields, Math.min(points, MOST_SHARES)));
    List<Mark> all = new ArrayList<>();
    marks.values().forEach(all::addAll);
    all.sort(Comparator.comparingLong(Mark::number));
    json.array("marks", elements -> all.forEach(mark -> elements.add(mark::write)));
    json.object("rates", fields -> rates.writeFlat(fields, points));
  }

  /** Returns the position after the newest event. */
  public synchronized long position() {
    return told;
  }

  /** Returns the position after the event of that number; that after the newest if it is gone. */
  public synchronized long positionAfter(long eventNumber) {
    long position = told - newest.size();
    for (Happening event : newest) {
      position++;
      if (event.number() == eventNumber) {
        return position;
      }
    }
    return told;
  }

  /** Returns at most so many events after a position. */
  public synchronized News since(long position, int most) {
    long begin = told - newest.size();
    boolean isBroken = position < begin;
    long from = Math.max(position, begin);
    List<Happening> events = newest.stream().skip(from - begin).limit(most).toList();
    return new News(events, isBroken, from + events.size());
  }

  private void add(Evaluated evaluated) {
    Map<String, Double> values = new LinkedHashMap<>(evaluated.scores());
    values.put("learning_rate", evaluated.learningRate());
    curves.add(evaluated.records(), evaluated.timeMillis(), values);
    if (evaluated.shares().isEmpty()) {
      shares.clear();
    } else {
      shares.retain(evaluated.shares().keySet()); // a rival that fell takes its curve along
      shares.add(evaluated.records(), evaluated.timeMillis(), evaluated.shares());
    }
  }

  private void add(Mark mark) {
    Deque<Mark> ofKind = marks.get(mark.kind());
    if (ofKind == null) {
      if (marks.size() >= MOST_KINDS) {
        return;
      }
      ofKind = new ArrayDeque<>();
      marks.put(mark.kind(), ofKind);
    }
    ofKind.add(mark);
    if (ofKind.size() > MOST_MARKS_OF_A_KIND) {
      ofKind.remove();
    }
  }

  /**
   * Events after a position.
   *
   * @param events oldest first
   * @param isBroken whether events between were missed, or all before them were forgotten
   * @param position the position after them
   */
  public record News(List<Happening> events, boolean isBroken, long position) {}
}
