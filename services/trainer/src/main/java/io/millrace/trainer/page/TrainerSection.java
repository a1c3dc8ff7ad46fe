package io.millrace.trainer.page;

import io.millrace.checkpoints.manifest.StoredRejection;
import io.millrace.learning.Counts;
import io.millrace.learning.Progress;
import io.millrace.learning.RivalProgress;
import io.millrace.page.StateSection;
import io.millrace.page.json.JsonText;
import io.millrace.trainer.training.TrainerProgress;
import java.util.function.Supplier;

/** The section {@code trainer} of the page's state. Safe for any thread. */
final class TrainerSection implements StateSection {
  private final Supplier<TrainerProgress> progress;

  /**
   * @param progress the newest progress of training
   */
  TrainerSection(Supplier<TrainerProgress> progress) {
    this.progress = progress;
  }

  @Override
  public String name() {
    return "trainer";
  }

  @Override
  public void write(JsonText json) {
    TrainerProgress now = progress.get();
    writeLearning(json, now.learning());
    json.put("paused", now.control().paused())
        .put("rewinding", now.control().rewinding())
        .put("lag", now.lag())
        .put("lost", now.lost())
        .put("unwritten", now.unwritten())
        .put("records_per_second", now.recordsPerSecond())
        .put("seconds_per_step", now.secondsPerStep())
        .put("version", now.version())
        .put("champion", now.control().champion())
        .put("serving", now.control().serving().name())
        .put("scores", now.learning().prequential())
        .put("validation", now.learning().validation())
        .object(
            "rejections",
            fields -> now.rejections().forEach((reason, count) -> fields.put(reason.name(), count)))
        .array("rivals", each -> now.learning().rivals().forEach(rival -> write(each, rival)))
        .array("problems", each -> now.problems().forEach(problem -> write(each, problem)))
        .object(
            "seconds_by_stage",
            fields ->
                now.secondsByStage()
                    .forEach((stage, seconds) -> fields.put(Names.lower(stage), seconds)));
  }

  private static void writeLearning(JsonText json, Progress learning) {
    Counts counts = learning.counts();
    json.put("phase", learning.phase().name())
        .put("round", learning.round())
        .put("records", counts.records())
        .put("trained", counts.trained())
        .put("validated", counts.validated())
        .put("rejected", counts.rejected())
        .put("scored", counts.scored())
        .put("steps", counts.steps())
        .put("learning_rate", learning.learningRate())
        .put("window", learning.windowSize())
        .put("drifts", learning.drifts())
        .put("divergences", learning.divergences());
  }

  private static void write(JsonText json, RivalProgress rival) {
    json.add(
        fields ->
            fields
                .put("name", rival.name())
                .put("share", rival.share())
                .put("loss", rival.loss())
                .put("learning_rate", rival.learningRate())
                .put("since", rival.since())
                .put("changes", rival.changes()));
  }

  private static void write(JsonText json, StoredRejection problem) {
    json.add(
        fields ->
            fields
                .put("reason", problem.reason())
                .put("field", problem.field())
                .put("problem", problem.problem())
                .put("records", problem.records()));
  }
}
