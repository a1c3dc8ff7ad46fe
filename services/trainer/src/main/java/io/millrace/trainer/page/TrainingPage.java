package io.millrace.trainer.page;

import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.learning.inspection.Inspection;
import io.millrace.page.Page;
import io.millrace.page.Training;
import io.millrace.page.history.History;
import io.millrace.page.json.JsonText;
import io.millrace.page.live.Feed.Look;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.trainer.training.TrainerProgress;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the page shows of a trainer. Safe for any thread. */
public final class TrainingPage implements Training {
  private final Source source;
  private final Commands commands;
  private final InstantSource clock;
  private final History history = new History();
  private final AtomicReference<@Nullable Shown> shown = new AtomicReference<>();

  /** What the training thread publishes; safe for any thread. */
  public interface Source {
    /** Returns the newest progress. */
    TrainerProgress progress();

    /** Returns the newest manifest; empty before the trainer has taken over. */
    Optional<Manifest> manifest();

    /** Returns the newest look into the model; empty before the first. */
    Optional<Inspection> inspection();

    /** Asks for a newer look, since somebody watches. */
    void wantInspections();
  }

  public TrainingPage(Source source, Commands commands, InstantSource clock) {
    this.source = source;
    this.commands = commands;
    this.clock = clock;
  }

  /** Returns the page of a process that trains this model. */
  public Page page(String model, Health health) {
    Page page = new Page(model, health, clock, this);
    page.add(new TrainerSection(source::progress));
    return page;
  }

  @Override
  public History history() {
    return history;
  }

  @Override
  public Optional<Look> look() {
    return source.inspection().map(this::shown);
  }

  @Override
  public void wantLook() {
    source.wantInspections();
  }

  @Override
  public void writeVersions(JsonText json) {
    source.manifest().ifPresent(manifest -> VersionsJson.write(json, manifest));
  }

  @Override
  public void sample() {
    TrainerProgress now = source.progress();
    history.sample(
        clock.millis(),
        Map.of(
            "lag", (double) now.lag(),
            "records_per_second", now.recordsPerSecond(),
            "rejected", (double) now.learning().counts().rejected()));
  }

  @Override
  public Commands commands() {
    return commands;
  }

  /** Writes each look once, however many watch. */
  private Look shown(Inspection inspection) {
    Shown last = shown.get();
    if (last != null && last.of().equals(inspection)) {
      return last.look();
    }
    long number = last == null ? 1 : last.look().number() + 1;
    Look look = new Look(number, InspectionJson.of(inspection, clock.instant()));
    shown.set(new Shown(inspection, look));
    return look;
  }

  private record Shown(Inspection of, Look look) {}
}
