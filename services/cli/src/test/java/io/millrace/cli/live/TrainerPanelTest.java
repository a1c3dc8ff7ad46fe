package io.millrace.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.checkpoints.manifest.StoredRejection;
import io.millrace.learning.Counts;
import io.millrace.learning.Phase;
import io.millrace.learning.Progress;
import io.millrace.learning.RivalProgress;
import io.millrace.learning.champion.Gate.Mode;
import io.millrace.trainer.control.ControlStatus;
import io.millrace.trainer.training.TrainerProgress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainerPanelTest {
  private static final Counts TRAINED = new Counts(900, 100, 0, 0, 90, 3);
  private static final ControlStatus SERVED = new ControlStatus(4, Mode.FOLLOWING, false, false);
  private static final Map<String, Double> WINDOW =
      Map.of("val_loss", 0.5, "val_accuracy", 0.9, "val_majority_accuracy", 0.3);
  private static final List<StoredRejection> PROBLEM =
      List.of(
          new StoredRejection("NOT_A_NUMBER", "label", "a number is needed in field 'label'", 300));

  private final TrainerPanel panel = new TrainerPanel("letters");

  @Test
  void block_training_showsScoresBesideTheirBaselines() {
    TrainerProgress progress =
        progress(TRAINED, Phase.TRAINING, SERVED, Map.of("loss", 0.6, "accuracy", 0.8), WINDOW);

    assertThat(panel.block(moment(progress, 250)))
        .containsExactly(
            "  records   1,000   250/s   lag 7",
            "  state     training",
            "  training  round 1   learning rate 0.001   90 steps   window of 64 held-out",
            "  loss      0.6000 before training   0.5000 on the window",
            "  accuracy  0.8000 before training   0.9000 on the window   0.3000 for the most frequent"
                + " class",
            "  versions  newest 5   champion 4   drifts 2   divergences 0");
    assertThat(panel.line(moment(progress, 250)))
        .isEqualTo(
            "training: records=1000 rate=250/s lag=7 phase=TRAINING loss=0.6000 val_loss=0.5000"
                + " accuracy=0.8000 val_accuracy=0.9000 val_majority_accuracy=0.3000"
                + " learning_rate=0.001 version=5 champion=4 drifts=2 rejected=0");
  }

  @Test
  void block_rivals_namesTheThreeLargestShares() {
    List<RivalProgress> rivals =
        List.of(
            rival("default", 0.25),
            rival("fast", 0.5),
            rival("narrow", 0.03125),
            rival("slow", 0.125),
            rival("plain", 0.09375));

    List<String> block = panel.block(moment(progress(rivals), 250));

    assertThat(block)
        .contains("  rivals    fast 50.0 %, default 25.0 %, slow 12.5 %, 2 others 12.5 %");
    assertThat(panel.line(moment(progress(rivals), 250))).contains(" leader=fast share=0.5000 ");
    assertThat(panel.block(moment(progress(rivals.subList(0, 4)), 250)))
        .contains("  rivals    fast 50.0 %, default 25.0 %, slow 12.5 %, narrow 3.1 %");
  }

  @Test
  void block_numbers_areComparedWithTheMean() {
    Map<String, Double> window =
        Map.of("val_mean_absolute_error", 2.0, "val_constant_mean_absolute_error", 5.0);
    TrainerProgress progress =
        progress(TRAINED, Phase.TRAINING, SERVED, Map.of("loss", 9.0), window);

    panel.observe(progress);

    assertThat(panel.block(moment(progress, 1)))
        .contains("  mean_absolute_error 2.000 on the window   5.000 for the mean")
        .anyMatch(line -> line.endsWith("  loss"));
  }

  @Test
  void block_severalOutputsAndSlices_showsTheFirstScoresOnly() {
    Map<String, Double> window =
        Map.of(
            "val_loss", 1.0,
            "val_a_accuracy", 0.5,
            "val_a_majority_accuracy", 0.4,
            "val_b_accuracy", 0.5,
            "val_c_auc", 0.5,
            "val_d_auc", 0.5,
            "val_loss[carrier=AA]", 3.0);

    List<String> block = panel.block(moment(progress(TRAINED, window), 1));

    assertThat(block).anyMatch(line -> line.contains("0.4000 for the most frequent class"));
    assertThat(block).anyMatch(line -> line.contains("1 more scores"));
    assertThat(block).noneMatch(line -> line.contains("carrier"));
  }

  @Test
  void block_everyRecordRejected_namesReasonAndField() {
    TrainerProgress progress =
        new TrainerProgress(
            learning(new Counts(0, 0, 300, 0, 0, 0), Phase.WARMING, Map.of(), Map.of()),
            ControlStatus.NONE,
            1,
            0,
            0,
            0,
            0,
            0,
            Map.of(),
            PROBLEM,
            Map.of());

    assertThat(panel.block(moment(progress, 0)))
        .contains(
            "  state     learning nothing, every record is rejected",
            "  versions  newest 1   nothing served yet   drifts 2   divergences 0",
            "  rejected  300 of 300   mostly a number is needed in field 'label' (300,"
                + " NOT_A_NUMBER)");
    assertThat(panel.line(moment(progress, 0)))
        .endsWith("rejected=300, mostly: a number is needed in field 'label' (300, NOT_A_NUMBER)");
  }

  @Test
  void block_eachState_hasItsWords() {
    ControlStatus paused = new ControlStatus(4, Mode.FOLLOWING, true, false);
    ControlStatus rewinding = new ControlStatus(4, Mode.FOLLOWING, false, true);

    assertThat(state(Moment.of(TrainerProgress.NONE))).isEqualTo("starting");
    assertThat(state(moment(progress(Counts.ZERO, Map.of()), 0)))
        .isEqualTo("reading the first records of letters"); // they wait, and none is learned yet
    assertThat(state(moment(progress(TRAINED, Phase.CONVERGED, SERVED, Map.of(), WINDOW), 5)))
        .isEqualTo("converged, records are only scored");
    assertThat(state(moment(progress(TRAINED, Phase.FAILED, SERVED, Map.of(), WINDOW), 5)))
        .isEqualTo("failed, the last good model stays");
    assertThat(state(moment(progress(TRAINED, Phase.TRAINING, paused, Map.of(), WINDOW), 0)))
        .isEqualTo("paused; `millrace resume` goes on");
    assertThat(state(moment(progress(TRAINED, Phase.TRAINING, rewinding, Map.of(), WINDOW), 5)))
        .isEqualTo("reading earlier records again");
  }

  @Test
  void block_brokersAway_saysSoAndWhy() {
    Moment moment =
        new Moment(
            progress(TRAINED, WINDOW), 0, Map.of("brokers", "away for 12 s (a:9092)"), Map.of());

    assertThat(panel.block(moment))
        .contains(
            "  state     waiting for the brokers", "  not ready brokers: away for 12 s (a:9092)");
  }

  private String state(Moment moment) {
    return panel.block(moment).get(1).substring("  state     ".length());
  }

  private static Moment moment(TrainerProgress progress, double rate) {
    return new Moment(progress, rate, Map.of(), Map.of());
  }

  private static RivalProgress rival(String name, double share) {
    return new RivalProgress(name, share, 0.5, 0.002, 0, "");
  }

  private static TrainerProgress progress(List<RivalProgress> rivals) {
    return progress(
        new Progress(TRAINED, Phase.TRAINING, 0.001, 64, 1, 2, 0, Map.of(), WINDOW, rivals),
        SERVED);
  }

  private static TrainerProgress progress(Counts counts, Map<String, Double> window) {
    return progress(counts, Phase.TRAINING, SERVED, Map.of(), window);
  }

  private static TrainerProgress progress(
      Counts counts,
      Phase phase,
      ControlStatus control,
      Map<String, Double> before,
      Map<String, Double> window) {
    return progress(learning(counts, phase, before, window), control);
  }

  private static TrainerProgress progress(Progress learning, ControlStatus control) {
    return new TrainerProgress(
        learning, control, 5, 7, 0, 0, 250, 0, Map.of(), List.of(), Map.of());
  }

  private static Progress learning(
      Counts counts, Phase phase, Map<String, Double> before, Map<String, Double> window) {
    return new Progress(counts, phase, 0.001, 64, 1, 2, 0, before, window, List.of());
  }
}
