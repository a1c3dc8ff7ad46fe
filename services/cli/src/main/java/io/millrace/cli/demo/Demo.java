package io.millrace.cli.demo;

import io.millrace.cli.embedded.Checks;
import io.millrace.cli.embedded.InProcess;
import io.millrace.cli.embedded.Replay;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.invocation.Logs;
import io.millrace.cli.invocation.StopSignal;
import io.millrace.cli.live.TrainerPanel;
import io.millrace.cli.produce.Pace;
import io.millrace.cli.produce.RowEncoder;
import io.millrace.cli.produce.TopicWriter;
import io.millrace.cli.terminal.LiveDisplay;
import io.millrace.client.PredictorClient;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.trainer.events.EventReader;
import io.millrace.trainer.events.EventStart;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * The command {@code demo}: {@code produce}, {@code run} and {@code predict} on an embedded broker
 * and with the bundled letters, on one screen.
 */
public final class Demo {
  private static final Duration DRAIN = Duration.ofSeconds(1);
  private static final Duration EVENTS_PATIENCE = Duration.ofSeconds(10);

  private final DemoOptions options;
  private final Configuration configuration;
  private final LetterStream stream;
  private final LiveDisplay display;
  private final StopSignal stop;
  private final long begin;

  private Demo(
      DemoOptions options,
      Configuration configuration,
      LiveDisplay display,
      StopSignal stop,
      long begin) {
    this.options = options;
    this.configuration = configuration;
    this.stream = new LetterStream(options.passes(), options.driftAt());
    this.display = display;
    this.stop = stop;
    this.begin = begin;
  }

  /** Runs the demo and returns the process's exit code. */
  public static int run(DemoOptions options) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Logs.quiet();
    LiveDisplay display = LiveDisplay.on(System.out);
    display.show(List.of("Starting the broker ..."), "starting the broker");
    try (StopSignal stop = new StopSignal();
        EmbeddedBroker broker = EmbeddedBroker.started()) {
      Configuration configuration = DemoModel.configuration(broker.bootstrapServers());
      return new Demo(options, configuration, display, stop, begin).onBroker();
    }
  }

  private int onBroker() throws IOException, InterruptedException {
    try (InProcess services = InProcess.started(configuration, drain(), options.keep())) {
      services.page().ifPresent(address -> display.above("  Watch it learn at " + address));
      return withServices(services, new Checks(services.health(), stop));
    }
  }

  /** Returns the drain: a demo that is kept running has other callers, which check readiness. */
  private Duration drain() {
    return options.keep() ? DRAIN : Duration.ZERO;
  }

  private int withServices(InProcess services, Checks checks)
      throws IOException, InterruptedException {
    try (Replay replay = replay();
        PredictorClient client = services.client()) {
      Frames frames = new Frames(services::progress, replay, stream);
      HeldOutRows rows = new HeldOutRows(configuration, stream, client);
      replay.start();
      Frame last = new Watch(display, panel(), frames, rows, checks).untilLearned();
      Outcome outcome = Outcome.of(last, rows.size(), begin);
      display.print(outcome.table());
      if (options.keep()) {
        display.print(ports(services));
      }
      if (options.driftAt() >= 0) {
        display.print(new DriftStory(options.driftAt(), events()).lines());
      }
      display.print(List.of(outcome.line()));
      if (options.keep()) {
        checks.untilStopped();
      }
      return outcome.exitCode();
    }
  }

  private TrainerPanel panel() {
    return new TrainerPanel(configuration.records().topic());
  }

  /** Returns all events of the trainer. */
  private List<TrainingEvent> events() {
    try (EventReader reader =
        new EventReader(
            new ClientProperties(configuration.kafka()).consumer("millrace-story"),
            configuration.trainer().events().topic(),
            configuration.model(),
            EventStart.EARLIEST)) {
      return reader.untilEnd(EVENTS_PATIENCE);
    }
  }

  private Replay replay() {
    RowEncoder encoder = RowEncoder.json(configuration.definition(), stream.header());
    Pace pace = new Pace(options.rate(), System::nanoTime);
    return new Replay(
        sink -> stream.sendTo(sink, encoder, pace),
        new TopicWriter(
            new ClientProperties(configuration.kafka()).producer("millrace-replay"),
            configuration.records().topic()));
  }

  private List<String> ports(InProcess services) {
    return List.of(
        "",
        "  broker    " + configuration.kafka().bootstrapServers(),
        "  serving   "
            + configuration.serving().host()
            + ":"
            + services.port()
            + " (gRPC, /metrics)",
        "  page      " + services.page().orElse("none"),
        "  Ctrl-C ends it.");
  }
}
