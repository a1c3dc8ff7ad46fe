package io.millrace.cli.live;

import io.millrace.checkpoints.manifest.StoredRejection;
import io.millrace.cli.terminal.Figures;
import io.millrace.cli.terminal.Sparkline;
import io.millrace.learning.Progress;
import io.millrace.learning.RivalProgress;
import io.millrace.trainer.events.ShareWords;
import io.millrace.trainer.training.TrainerProgress;
import java.nio.charset.Charset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a trainer shows: a block for a terminal, a line for elsewhere. Nothing of it is content of a
 * record. Confined to one thread.
 */
public final class TrainerPanel {
  private static final int HISTORY = 60;
  private static final int MOST_SCORES = 4;
  private static final int MOST_NOTES = 3;

  private final String topic;
  private final Sparkline accuracies = new Sparkline(HISTORY, Charset.defaultCharset());
  private final Sparkline losses = new Sparkline(HISTORY, Charset.defaultCharset());

  private long observed;

  /**
   * @param topic the topic of the records
   */
  public TrainerPanel(String topic) {
    this.topic = topic;
  }

  /** Adds a moment to the curve, if records came since the last one. */
  public void observe(TrainerProgress progress) {
    long records = progress.learning().counts().records();
    if (records == observed) {
      return;
    }
    observed = records;
    accuracies.add(progress.learning().prequential().getOrDefault("accuracy", Double.NaN));
    losses.add(progress.learning().prequential().getOrDefault("loss", Double.NaN));
  }

  /** Returns the block of a moment. */
  public List<String> block(Moment moment) {
    Rows rows = new Rows();
    rows.add(
        "records",
        "%s   %s/s   lag %s"
            .formatted(
                count(moment.counts().records()),
                count(Math.round(moment.recordsPerSecond())),
                count(moment.progress().lag())));
    rows.add("state", StateWords.of(moment, topic));
    if (moment.hasBegun()) {
      addLearning(rows, moment.progress());
      addVersions(rows, moment.progress());
    }
    addRejections(rows, moment.progress());
    addNotes(rows, moment);
    return rows.lines();
  }

  /** Adds the rows of the learning rate, the scores, their curve and the rivals. */
  public void addLearning(Rows rows, TrainerProgress progress) {
    Progress learning = progress.learning();
    rows.add(
        "training",
        "round %d   learning rate %s   %s steps   window of %s held-out"
            .formatted(
                learning.round(),
                Figures.plain(learning.learningRate()),
                count(learning.counts().steps()),
                count(learning.windowSize())));
    List<ShownScore> scores = ShownScore.of(learning);
    scores.stream().limit(MOST_SCORES).forEach(score -> rows.add(score.name(), text(score)));
    if (scores.size() > MOST_SCORES) {
      rows.add("", "%d more scores: `millrace watch`".formatted(scores.size() - MOST_SCORES));
    }
    String curve = accuracies.text();
    if (!curve.isEmpty()) {
      rows.add("", curve + "  accuracy, 0 to 1");
    } else if (!losses.text().isEmpty()) {
      rows.add("", losses.scaledText() + "  loss");
    }
    addRivals(rows, learning.rivals());
  }

  /**
   * Returns a moment as one line.
   *
   * @return names and values, after a phrase that says what the trainer does
   */
  public String line(Moment moment) {
    return "%s: %s"
        .formatted(
            StateWords.of(moment, topic), line(moment.progress(), moment.recordsPerSecond()));
  }

  /** Returns the names and values of a progress as one line. */
  public static String line(TrainerProgress progress, double recordsPerSecond) {
    Progress learning = progress.learning();
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "records=%d rate=%.0f/s lag=%d phase=%s",
            learning.counts().records(),
            recordsPerSecond,
            progress.lag(),
            learning.phase()));
    ShownScore.of(learning).stream().limit(MOST_SCORES).forEach(score -> append(line, score));
    learning.rivals().stream()
        .max(Comparator.comparingDouble(RivalProgress::share))
        .ifPresent(
            leader ->
                append(line.append(" leader=").append(leader.name()), "share", leader.share()));
    line.append(
        String.format(
            Locale.ROOT,
            " learning_rate=%s version=%d champion=%d drifts=%d rejected=%d",
            Figures.plain(learning.learningRate()),
            progress.version(),
            progress.control().champion(),
            learning.drifts(),
            learning.counts().rejected()));
    progress.problems().stream()
        .findFirst()
        .ifPresent(most -> line.append(", mostly: ").append(text(most)));
    return line.toString();
  }

  private static void append(StringBuilder line, ShownScore score) {
    append(line, score.name(), score.beforeTraining());
    append(line, "val_" + score.name(), score.onWindow());
    append(line, score.constantName(), score.constant());
  }

  private static void append(StringBuilder line, String name, double value) {
    if (!Double.isNaN(value)) {
      line.append(' ').append(name).append('=').append(Figures.rounded(value));
    }
  }

  private static void addRivals(Rows rows, List<RivalProgress> rivals) {
    if (!rivals.isEmpty()) {
      Map<String, Double> shares = new LinkedHashMap<>();
      rivals.forEach(rival -> shares.put(rival.name(), rival.share()));
      rows.add("rivals", ShareWords.of(shares));
    }
  }

  private static void addVersions(Rows rows, TrainerProgress progress) {
    rows.add(
        "versions",
        progress.version() == 0
            ? "none written yet"
            : "newest %d   %s   drifts %d   divergences %d"
                .formatted(
                    progress.version(),
                    progress.control().champion() == 0
                        ? "nothing served yet"
                        : "champion " + progress.control().champion(),
                    progress.learning().drifts(),
                    progress.learning().divergences()));
  }

  private static void addRejections(Rows rows, TrainerProgress progress) {
    long rejected = progress.learning().counts().rejected();
    if (rejected > 0) {
      String most =
          progress.problems().stream()
              .findFirst()
              .map(each -> "   mostly " + text(each))
              .orElse("");
      rows.add(
          "rejected",
          "%s of %s%s"
              .formatted(count(rejected), count(progress.learning().counts().records()), most));
    }
    if (progress.lost() > 0) {
      rows.add("lost", count(progress.lost()) + " records that retention removed unread");
    }
  }

  private static String text(StoredRejection most) {
    boolean isNamed = most.field().isEmpty() || most.problem().contains(most.field());
    return "%s%s (%d, %s)"
        .formatted(
            most.problem(),
            isNamed ? "" : " in field '" + most.field() + "'",
            most.records(),
            most.reason());
  }

  private static void addNotes(Rows rows, Moment moment) {
    moment.notes().entrySet().stream()
        .limit(MOST_NOTES)
        .forEach(
            note ->
                rows.add(
                    moment.reasons().containsKey(note.getKey()) ? "not ready" : "note",
                    note.getKey() + ": " + note.getValue()));
  }

  private static String text(ShownScore score) {
    String constant =
        Double.isNaN(score.constant())
            ? ""
            : "   %s for %s"
                .formatted(
                    Figures.rounded(score.constant()),
                    score.isOfNumbers() ? "the mean" : "the most frequent class");
    String window =
        Double.isNaN(score.onWindow())
            ? "not evaluated yet"
            : Figures.rounded(score.onWindow()) + " on the window";
    String before =
        Double.isNaN(score.beforeTraining())
            ? ""
            : Figures.rounded(score.beforeTraining()) + " before training   ";
    return before + window + constant;
  }

  private static String count(long value) {
    return Figures.count(value);
  }
}
