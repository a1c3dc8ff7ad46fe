package io.millrace.trainer;

import io.micrometer.core.instrument.Counter;
import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.learning.Progress;
import io.millrace.learning.inspection.Inspection;
import io.millrace.page.Page;
import io.millrace.page.Training.Commands;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.runtime.http.HttpService;
import io.millrace.runtime.kafka.AwaitBrokers;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.TopicIds;
import io.millrace.runtime.kafka.TopicPlan;
import io.millrace.runtime.kafka.Topics;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.OwnedThread;
import io.millrace.runtime.lifecycle.Service;
import io.millrace.runtime.management.ManagementAccess;
import io.millrace.runtime.management.ManagementRoutes;
import io.millrace.runtime.management.Metrics;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.trainer.answering.CommandAnswers;
import io.millrace.trainer.answering.CommandAudit;
import io.millrace.trainer.answering.CommandExecution;
import io.millrace.trainer.answering.ControlEndpoint;
import io.millrace.trainer.answering.TrainerRole;
import io.millrace.trainer.commands.CommandSender;
import io.millrace.trainer.page.CommandRoute;
import io.millrace.trainer.page.HistoryReader;
import io.millrace.trainer.page.TrainingPage;
import io.millrace.trainer.tensorboard.TensorBoard;
import io.millrace.trainer.training.Inspections;
import io.millrace.trainer.training.ProgressMeter;
import io.millrace.trainer.training.TrainerProgress;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.server.GrpcProtocol;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The trainer as a service. It learns from a topic of labelled records and publishes checkpoints,
 * on its own thread.
 *
 * <p>The start looks up the topics and creates Millrace's own. The thread then takes over from any
 * other trainer of the model, resumes and trains. Stopping ends with a checkpoint.
 */
public final class TrainerService implements Service {
  private static final String NAME = "trainer";

  private final TrainerSettings settings;
  private final Health health;
  private final Metrics metrics;
  private final TopicPlan topics;
  private final BiConsumer<String, Throwable> onFailure;
  private final TrainerCounters counters;
  private final ProgressMeter meter;
  private final RivalMetrics rivals;
  private final CommandAnswers answers = new CommandAnswers();
  private final Optional<TensorBoard> tensorBoard;
  private final Inspections inspections;
  private volatile @Nullable CommandSender sender;
  private final OwnedThread beginning;
  private volatile @Nullable OwnedThread thread;
  private final TrainingPage training;
  private final Page page;
  private volatile @Nullable Trainer trainer;
  private @Nullable OwnedThread history;
  private final Optional<OwnedThread> boardThread;

  /**
   * @param onFailure takes this service's name and the cause, on the training thread: another
   *     trainer of the model took over, the settings do not fit the checkpoint, or a defect
   */
  public TrainerService(
      TrainerSettings settings,
      Health health,
      Metrics metrics,
      BiConsumer<String, Throwable> onFailure) {
    this(settings, TopicPlan.NONE, health, metrics, onFailure);
  }

  /**
   * Creates a trainer that is not the only service of its process.
   *
   * @param besides the topics of the others: none is created if one of them cannot be used
   * @throws InvalidSettingsException if this machine lacks the device or the file of weights that
   *     the settings name
   */
  public TrainerService(
      TrainerSettings settings,
      TopicPlan besides,
      Health health,
      Metrics metrics,
      BiConsumer<String, Throwable> onFailure) {
    settings.checkMachine(); // before any service of the process creates a topic
    this.settings = settings;
    this.topics = topics(settings).and(besides);
    this.health = health;
    this.metrics = metrics;
    this.onFailure = onFailure;
    tensorBoard = tensorBoard(settings, metrics);
    boardThread =
        tensorBoard.map(
            board -> new OwnedThread("tensorboard", board, (name, failure) -> {})); // told by it
    inspections = new Inspections(tensorBoard, System::nanoTime);
    counters = new TrainerCounters(metrics.registry());
    meter = new ProgressMeter(System::nanoTime, this::measured);
    rivals = new RivalMetrics(metrics.registry(), meter::newest);
    health.notReady(NAME, "resuming");
    beginning =
        new OwnedThread(
            "trainer-beginning", new AwaitBrokers("topics", health, this::begin), onFailure);
    training = new TrainingPage(new Newest(), commandsOfPage(settings), InstantSource.system());
    page = training.page(settings.model(), health);
  }

  private static Commands commandsOfPage(TrainerSettings settings) {
    if (!settings.commands().grpc()) {
      return Commands.OFF;
    }
    return settings.management().access().byToken() ? Commands.TOKEN : Commands.OPEN;
  }

  /** Returns the topics of a trainer. */
  public static TopicPlan topics(TrainerSettings settings) {
    return TrainerTopics.plan(settings);
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * Starts the service. Training begins once the brokers answer and the topics exist. A missing
   * topic is reported on the thread that waits for the brokers.
   *
   * @throws InvalidSettingsException if no Kafka client can be created from the settings
   */
  @Override
  public void start() {
    Topics.check(settings.kafka());
    new TrainerMetrics(metrics.registry(), meter, Progress.scoreNames(settings.definition()));
    beginning.start();
    if (history != null) {
      history.start();
    }
  }

  /**
   * Prepares the topics and starts the training thread. Runs on the thread that waits for brokers.
   */
  private void begin() {
    TrainerTopics.prepare(settings, topics);
    KafkaConsumer<byte[], byte[]> consumer = consumer("millrace-intake");
    sender =
        new CommandSender(
            new ClientProperties(settings.kafka()).producer("millrace-control"),
            settings.commands().topic(),
            URI.create("urn:millrace:trainer"));
    metrics.watch(consumer);
    Sources sources =
        new Sources(consumer, consumer("millrace-commands"), new TopicIds(settings.kafka()));
    Consumer<TrainingEvent> hears = this::published;
    Trainer work =
        new Trainer(
            settings,
            sources,
            tensorBoard.map(hears::andThen).orElse(hears),
            meter,
            inspections,
            health,
            passedOver());
    trainer = work;
    boardThread.ifPresent(OwnedThread::start);
    OwnedThread started = new OwnedThread(NAME, work, onFailure);
    thread = started;
    started.start();
  }

  /** Returns the page of the management port, for the sections of other services. */
  public Page page() {
    return page;
  }

  /**
   * Returns the service of the management port: health, metrics, the page, and commands over gRPC
   * and by the page. To be called before the start, or the page has no history.
   */
  public HttpService management(ManagementRoutes routes) {
    routes.with(page);
    history =
        new OwnedThread(
            "history",
            new HistoryReader(
                settings.kafka(), settings.events().topic(), settings.model(), training.history()),
            (name, failure) -> {}); // it is logged; training goes on
    ManagementAccess access = routes.access(settings.management());
    CommandExecution commands =
        new CommandExecution(settings.model(), () -> sender, answers, new CommandAudit(access));
    if (settings.commands().grpc()) {
      routes.with(
          (router, vertx, anyone) -> new CommandRoute(commands, routes::failed).mountOn(router));
    }
    return new HttpService(
        "management",
        settings.management().transport(),
        vertx -> access.guard(vertx, TrainerRole::of, handler(vertx, routes, access, commands)));
  }

  @Override
  public boolean stop(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    boolean begun = beginning.stop(patience); // no thread is started after this
    boolean stopped = stop(thread, end) && stop(history, end);
    CommandSender open = sender;
    if (open != null) {
      open.close();
      sender = null;
    }
    boolean written =
        boardThread.isEmpty()
            || boardThread.get().stop(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    return begun && stopped && written;
  }

  private static boolean stop(@Nullable OwnedThread thread, long end) throws InterruptedException {
    return thread == null || thread.stop(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
  }

  /** Returns the newest progress. Safe for any thread. */
  public TrainerProgress progress() {
    return meter.newest();
  }

  /**
   * Returns the newest look into the model; empty before there was one. There are looks while
   * somebody {@linkplain #wantInspections wants} them. Safe for any thread.
   */
  public Optional<Inspection> inspection() {
    return inspections.newest();
  }

  /** Asks for looks into the model at the evaluations of the next 10 s. Safe for any thread. */
  public void wantInspections() {
    inspections.want();
  }

  private static Optional<TensorBoard> tensorBoard(TrainerSettings settings, Metrics metrics) {
    return settings
        .tensorBoard()
        .map(
            chosen ->
                TensorBoard.of(
                    chosen,
                    settings.model(),
                    settings.definition(),
                    settings.learner(),
                    settings.kafka(),
                    settings.events(),
                    Counter.builder("millrace.trainer.tensorboard.unwritten")
                            .description("Failures to write TensorBoard's files.")
                            .register(metrics.registry())
                        ::increment));
  }

  private Handler<HttpServerRequest> handler(
      Vertx vertx, ManagementRoutes routes, ManagementAccess access, CommandExecution commands) {
    Handler<HttpServerRequest> others = routes.handler(vertx, access);
    if (!settings.commands().grpc()) {
      return others;
    }
    GrpcServerOptions nativeOnly = // pages in browsers have no business here
        new GrpcServerOptions()
            .removeEnabledProtocol(GrpcProtocol.WEB)
            .removeEnabledProtocol(GrpcProtocol.WEB_TEXT);
    GrpcServer grpc = GrpcServer.server(vertx, nativeOnly);
    grpc.addService(new ControlEndpoint(commands, this::progress).service(vertx));
    return request -> (TrainerRole.isGrpc(request) ? grpc : others).handle(request);
  }

  private PassedOver passedOver() {
    return new PassedOver(
        metrics.registry(),
        settings.commands().topic(),
        settings.checkpoints().topics().manifest());
  }

  private void measured(TrainerProgress before, TrainerProgress now) {
    counters.measured(before, now);
    rivals.measured(now);
  }

  private void published(TrainingEvent event) {
    answers.accept(event);
    counters.published(event);
  }

  private KafkaConsumer<byte[], byte[]> consumer(String clientId) {
    return new KafkaConsumer<>(
        new ClientProperties(settings.kafka()).consumer(clientId),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** What the training thread has published last. */
  private final class Newest implements TrainingPage.Source {
    @Override
    public TrainerProgress progress() {
      return TrainerService.this.progress();
    }

    @Override
    public Optional<Manifest> manifest() {
      return Optional.ofNullable(trainer).flatMap(Trainer::manifest);
    }

    @Override
    public Optional<Inspection> inspection() {
      return inspections.newest();
    }

    @Override
    public void wantInspections() {
      inspections.want();
    }
  }
}
