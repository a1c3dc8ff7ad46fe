package io.millrace.cli.demo;

import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.invocation.StopSignal;
import io.millrace.cli.produce.Pace;
import io.millrace.cli.produce.RowEncoder;
import io.millrace.cli.produce.TopicWriter;
import io.millrace.cli.terminal.LiveDisplay;
import io.millrace.client.Address;
import io.millrace.client.ClientOptions;
import io.millrace.client.PredictorClient;
import io.millrace.predictor.PredictorService;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.Topics;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.Lifecycle;
import io.millrace.runtime.management.Metrics;
import io.millrace.trainer.TrainerService;
import io.millrace.trainer.events.EventReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The command {@code demo}: {@code produce}, {@code run} and {@code predict} on an embedded broker
 * and with the bundled letters, on one screen.
 */
public final class Demo {
  private static final Duration DRAIN = Duration.ofSeconds(1);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
  private static final Duration FIRST_EVENT_PATIENCE = Duration.ofSeconds(5);
  private static final Duration NEXT_EVENT_PATIENCE = Duration.ofMillis(300);

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
    quietLogs();
    LiveDisplay display = LiveDisplay.on(System.out);
    display.show(List.of("Starting the broker ..."), "starting the broker");
    try (StopSignal stop = new StopSignal();
        EmbeddedBroker broker = EmbeddedBroker.started()) {
      Configuration configuration = DemoModel.configuration(broker.bootstrapServers());
      return new Demo(options, configuration, display, stop, begin).onBroker();
    }
  }

  /** Keeps the screen for the demo. Logging has not started yet. */
  private static void quietLogs() {
    System.setProperty("millrace.log.level", "WARN");
    System.setProperty("millrace.log.level.libraries", "ERROR");
  }

  private int onBroker() throws IOException, InterruptedException {
    try (Topics topics = Topics.connect(configuration.kafka())) {
      topics.ensure("records.topic", new NewTopic(configuration.records().topic(), 1, (short) 1));
    }
    Health health = new Health();
    try (Metrics metrics = new Metrics();
        Lifecycle lifecycle = Lifecycle.begin(health, drain(), STOP_PATIENCE)) {
      PredictorService predictor =
          new PredictorService(configuration.predictor(), health, metrics, lifecycle::failed);
      TrainerService trainer =
          new TrainerService(configuration.trainer(), health, metrics, lifecycle::failed);
      lifecycle.start(predictor);
      lifecycle.start(trainer);
      lifecycle.ready();
      return withServices(trainer, predictor, new Checks(health, stop));
    }
  }

  /** Returns the drain: a demo that is kept running has other callers, which check readiness. */
  private Duration drain() {
    return options.keep() ? DRAIN : Duration.ZERO;
  }

  private int withServices(TrainerService trainer, PredictorService predictor, Checks checks)
      throws IOException, InterruptedException {
    Address address = new Address(configuration.serving().host(), predictor.port());
    // One attempt: a missing model is shown, not waited for.
    ClientOptions once = ClientOptions.of(address).withAttempts(1);
    try (Replay replay = replay();
        PredictorClient client = new PredictorClient(once)) {
      Frames frames = new Frames(trainer::progress, replay, stream);
      HeldOutRows rows = new HeldOutRows(configuration, stream, client);
      replay.start();
      Frame last = new Watch(display, frames, rows, checks).untilLearned();
      Outcome outcome = Outcome.of(last, rows.size(), begin);
      display.print(outcome.table());
      if (options.keep()) {
        display.print(ports(predictor.port()));
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

  /** Returns all events of the trainer. */
  private List<TrainingEvent> events() {
    List<TrainingEvent> events = new ArrayList<>();
    try (EventReader reader =
        new EventReader(
            new ClientProperties(configuration.kafka()).consumer("millrace-story"),
            configuration.trainer().events().topic(),
            configuration.model(),
            true)) {
      List<TrainingEvent> polled = reader.poll(FIRST_EVENT_PATIENCE);
      while (!polled.isEmpty()) {
        events.addAll(polled);
        polled = reader.poll(NEXT_EVENT_PATIENCE);
      }
    }
    return events;
  }

  private Replay replay() {
    return new Replay(
        stream,
        RowEncoder.json(configuration.definition(), stream.header()),
        new TopicWriter(
            new ClientProperties(configuration.kafka()).producer("millrace-replay"),
            configuration.records().topic()),
        new Pace(options.rate(), System::nanoTime));
  }

  private List<String> ports(int grpcPort) {
    return List.of(
        "",
        "  broker    " + configuration.kafka().bootstrapServers(),
        "  serving   " + configuration.serving().host() + ":" + grpcPort + " (gRPC, /metrics)",
        "  Ctrl-C ends it.");
  }
}
