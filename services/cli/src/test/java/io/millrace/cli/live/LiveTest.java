package io.millrace.cli.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.terminal.LinesAbove;
import io.millrace.cli.terminal.LiveDisplay;
import io.millrace.learning.Counts;
import io.millrace.learning.Phase;
import io.millrace.learning.Progress;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.trainer.control.ControlStatus;
import io.millrace.trainer.training.TrainerProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveTest {
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final List<String> lines = new ArrayList<>();
  private final Health health = new Health();
  private TrainerProgress progress = TrainerProgress.NONE;
  private long now;

  @Test
  void look_noTerminal_saysALineEveryTenSecondsWithTheRate() {
    Live live = live(new LiveDisplay(new PrintStream(screen), false));

    progress = progress(1000); // resumed from a checkpoint: these are not new
    look(live, Duration.ofSeconds(1));
    progress = progress(1200);
    look(live, Duration.ofSeconds(9));
    progress = progress(1300);
    look(live, Duration.ofSeconds(5));
    progress = progress(1400);
    look(live, Duration.ofSeconds(5));

    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains("records=1200 rate=20/s");
    assertThat(lines.get(1)).contains("records=1400 rate=20/s");
  }

  @Test
  void look_nothingChanges_saysItOnceAMinute() {
    Live live = live(new LiveDisplay(new PrintStream(screen), false));
    progress = progress(10);

    for (int i = 0; i < 13; i++) {
      look(live, Duration.ofSeconds(10));
    }

    assertThat(lines).hasSize(3);
  }

  @Test
  void look_terminal_keepsTheBlockWholeBelowLogs() {
    LiveDisplay display = new LiveDisplay(new PrintStream(screen, true, UTF_8), true);
    Live shown = live(display);
    progress = progress(10);

    try (LinesAbove above = LinesAbove.of(display)) {
      look(shown, Duration.ofMillis(200));
      System.err.print("WARN half ");
      look(shown, Duration.ofMillis(200));
      System.err.println("a line");
      look(shown, Duration.ofMillis(200));
      shown.onStop();
      System.err.println("INFO Stopped");
    }

    List<String> seen = Screen.of(screen.toString(UTF_8), 40);
    assertThat(seen.get(0)).isEqualTo("WARN half a line");
    assertThat(seen.get(1)).startsWith("  records   10 ");
    assertThat(seen.get(seen.size() - 1)).isEqualTo("INFO Stopped");
    assertThat(seen.stream().filter(line -> line.startsWith("  records"))).hasSize(1);
    assertThat(seen).allMatch(line -> line.length() <= 40);
  }

  private Live live(LiveDisplay display) {
    return new Live("letters", () -> progress, health, display, lines::add, () -> now);
  }

  private void look(Live live, Duration later) {
    now += later.toNanos();
    live.look();
  }

  private static TrainerProgress progress(long records) {
    Counts counts = new Counts(records, 0, 0, 0, 1, 0);
    return new TrainerProgress(
        new Progress(
            counts, Phase.TRAINING, 0.001, 0, 1, 0, 0, Map.of("loss", 0.5), Map.of(), List.of()),
        ControlStatus.NONE,
        1,
        0,
        0,
        0,
        0,
        0,
        Map.of(),
        List.of(),
        Map.of());
  }
}
