package io.millrace.cli.live;

import io.millrace.cli.terminal.LinesAbove;
import io.millrace.cli.terminal.LiveDisplay;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.OwnedThread;
import io.millrace.runtime.lifecycle.Service;
import io.millrace.runtime.lifecycle.Work;
import io.millrace.trainer.training.TrainerProgress;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a trainer of this process while it works. On a terminal a block is redrawn several times a
 * second, and logs come above it. Elsewhere a line is logged every ten seconds; while nothing
 * changes, every minute. What happens in between is in the logs of the services. Owned by its own
 * thread.
 */
public final class Live implements Work {
  private static final Logger LOGGER = LoggerFactory.getLogger(Live.class);
  private static final long LOOK_NANOS = Duration.ofMillis(200).toNanos();
  private static final long RATE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long LINE_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long UNCHANGED_LINE_NANOS = Duration.ofMinutes(1).toNanos();

  private final TrainerPanel panel;
  private final Supplier<TrainerProgress> progress;
  private final Health health;
  private final LiveDisplay display;
  private final Consumer<String> lines;
  private final LongSupplier nanoTime;
  private double rate;
  private long rateAt;
  private long recordsBefore;
  private boolean begun;
  private long loggedAt;
  private long loggedRecords;
  private String logged = "";
  private @Nullable LinesAbove errors;
  private volatile @Nullable Thread thread;

  /**
   * @param lines takes the lines where there is no terminal
   */
  Live(
      String topic,
      Supplier<TrainerProgress> progress,
      Health health,
      LiveDisplay display,
      Consumer<String> lines,
      LongSupplier nanoTime) {
    this.panel = new TrainerPanel(topic);
    this.progress = progress;
    this.health = health;
    this.display = display;
    this.lines = lines;
    this.nanoTime = nanoTime;
    this.rateAt = nanoTime.getAsLong();
    this.loggedAt = rateAt;
  }

  /**
   * Returns the service that shows a trainer. It is started last, so it stops first: what the other
   * services say while they stop comes below the last block.
   *
   * @param topic the topic of the records
   * @param progress the trainer's newest progress, safe for any thread
   */
  public static Service service(
      String topic,
      Supplier<TrainerProgress> progress,
      Health health,
      BiConsumer<String, Throwable> onFailure) {
    LiveDisplay display = LiveDisplay.on(System.out);
    Live live = new Live(topic, progress, health, display, LOGGER::info, System::nanoTime);
    return new OwnedThread("live", live, onFailure);
  }

  @Override
  public void onStart() {
    thread = Thread.currentThread();
    if (display.isTerminal() && isErrorsTerminal()) {
      errors = LinesAbove.of(display);
    }
  }

  @Override
  public void doWork() {
    look();
    LockSupport.parkNanos(this, LOOK_NANOS);
  }

  @Override
  public void onStop() {
    if (display.isTerminal()) {
      display.print(panel.block(moment(progress.get())));
    }
  }

  @Override
  public void onClose() {
    if (errors != null) {
      errors.close();
    }
  }

  @Override
  public void wakeUp() {
    LockSupport.unpark(thread);
  }

  /** Shows the moment, if it is time. */
  void look() {
    TrainerProgress newest = progress.get();
    measureRate(newest);
    Moment moment = moment(newest);
    if (display.isTerminal()) {
      display.show(panel.block(moment), "");
    } else {
      log(moment);
    }
  }

  /** Returns whether standard error is the terminal too; the launcher says so. */
  private static boolean isErrorsTerminal() {
    return Boolean.getBoolean("millrace.terminal.errors");
  }

  private void log(Moment moment) {
    long now = nanoTime.getAsLong();
    if (now - loggedAt < LINE_NANOS) {
      return;
    }
    long records = moment.counts().records();
    double since = Math.max(0, records - loggedRecords) / ((now - loggedAt) / 1e9);
    String line =
        panel.line(new Moment(moment.progress(), since, moment.reasons(), moment.remarks()));
    if (line.equals(logged) && now - loggedAt < UNCHANGED_LINE_NANOS) {
      return;
    }
    lines.accept(line);
    logged = line;
    loggedAt = now;
    loggedRecords = records;
  }

  private Moment moment(TrainerProgress newest) {
    return new Moment(newest, rate, health.reasonsAgainstReadiness(), health.remarks());
  }

  private void measureRate(TrainerProgress newest) {
    long records = newest.learning().counts().records();
    long now = nanoTime.getAsLong();
    if (!begun && !newest.equals(TrainerProgress.NONE)) { // what a checkpoint covers is not new
      begun = true;
      recordsBefore = records;
      loggedRecords = records;
      rateAt = now;
    }
    if (now - rateAt >= RATE_NANOS) {
      panel.observe(newest);
      rate = Math.max(0, records - recordsBefore) / ((now - rateAt) / 1e9);
      recordsBefore = records;
      rateAt = now;
    }
  }
}
