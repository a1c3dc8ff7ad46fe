package io.millrace.steering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.Main;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.steering.EventText;
import io.millrace.crash.JavaProcess;
import io.millrace.crash.LetterTopic;
import io.millrace.learning.champion.Gate.Mode;
import io.millrace.proto.events.v1.Promoted;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.proto.events.v1.TrainingEvent.EventCase;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.management.Metrics;
import io.millrace.trainer.TrainerService;
import io.millrace.trainer.events.EventFormat;
import io.millrace.trainer.events.EventReader;
import io.millrace.trainer.events.EventStart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From the command line over the commands topic to a challenger that is served. */
@Timeout(600)
class CommandToPromotionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int FEW = 3000;
  private static final int MORE = 5000;
  private static final int RECORDS = 9000;
  private static final int ENDED_BY_SIGTERM = 128 + 15;

  @TempDir private Path folder;
  private final AtomicInteger allowed = new AtomicInteger(FEW);
  private final List<JavaProcess> watches = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    for (JavaProcess watch : watches) {
      watch.kill();
    }
  }

  @Test
  void retrain_whileAnOldVersionIsPinned_trainsAChallengerThatIsPromoted() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.started();
        Metrics metrics = new Metrics()) {
      // Given: a version that has learned little, which someone wants to be served
      LetterTopic topic = new LetterTopic(broker.bootstrapServers(), RECORDS);
      topic.create();
      Path settings = topic.model("steered", folder);
      Path shown = Files.createFile(folder.resolve("shown"));
      Configuration configuration = Configuration.load(settings, Map.of());
      TrainerService trainer = started(configuration, metrics);
      JavaProcess watch = watch(settings, shown);
      CompletableFuture<Void> producing = CompletableFuture.runAsync(() -> produce(topic));
      await(() -> records(trainer) > FEW - 32 && trainer.progress().control().champion() > 0);
      long poor = trainer.progress().control().champion();
      int pinned = execute("promote", settings, String.valueOf(poor));
      allowed.set(MORE);
      await(() -> records(trainer) > MORE - 32);
      long served = trainer.progress().control().champion();

      // When
      int retrained = execute("retrain", settings);
      int refused = execute("resume", settings);
      allowed.set(topic.size());
      await(() -> trainer.progress().control().serving() == Mode.FOLLOWING);
      producing.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

      // Then
      assertThat(trainer.stop(Duration.ofSeconds(20))).isTrue();
      assertThat(List.of(pinned, retrained, refused)).containsExactly(0, 0, 1);
      assertThat(served).isEqualTo(poor);
      List<TrainingEvent> events = eventsToPromotion(configuration);
      assertCourse(events);
      assertImproves(promotionOfChallenger(events), poor);
      await(() -> !watch.isAlive() || lines(shown).size() >= events.size());
      assertThat(watch.terminate()).isEqualTo(ENDED_BY_SIGTERM);
      assertThat(lines(shown)).startsWith(texts(events, EventText::line));
      assertThat(watchedAsJson(settings, events.size()))
          .startsWith(texts(events, EventFormat::json));
    }
  }

  private JavaProcess watch(Path settings, Path shown) throws IOException {
    JavaProcess watch =
        JavaProcess.started(
            Main.class, shown, "watch", "--since", "earliest", "--config", settings.toString());
    watches.add(watch);
    return watch;
  }

  private static TrainerService started(Configuration configuration, Metrics metrics) {
    TrainerService trainer =
        new TrainerService(
            configuration.trainer(),
            new Health(),
            metrics,
            (name, failure) -> {
              throw new IllegalStateException(failure);
            });
    trainer.start();
    return trainer;
  }

  private static void assertCourse(List<TrainingEvent> events) {
    assertThat(events)
        .extracting(TrainingEvent::getEventCase)
        .filteredOn(event -> event != EventCase.EVALUATION)
        .filteredOn(event -> event != EventCase.LEARNING_RATE_REDUCED)
        .filteredOn(event -> event != EventCase.RECORDS_REJECTED)
        .startsWith(
            EventCase.ROUND_STARTED,
            EventCase.PROMOTED, // the first version
            EventCase.PROMOTED,
            EventCase.COMMAND_DONE,
            EventCase.ROUND_STARTED,
            EventCase.CHALLENGER_STARTED,
            EventCase.COMMAND_DONE,
            EventCase.COMMAND_REFUSED,
            EventCase.PROMOTED);
  }

  private static Promoted promotionOfChallenger(List<TrainingEvent> events) {
    return events.stream()
        .filter(CommandToPromotionTest::isChallengersPromotion)
        .findFirst()
        .orElseThrow()
        .getPromoted();
  }

  private static void assertImproves(Promoted promoted, long predecessor) {
    assertThat(promoted.getPredecessor()).isEqualTo(predecessor);
    assertThat(promoted.getComparison().getImprovement())
        .isGreaterThan(1.64 * promoted.getComparison().getStandardError());
  }

  private void produce(LetterTopic topic) {
    try {
      topic.produce(allowed::get);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static int execute(String command, Path settings, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command, "--config", settings.toString()));
    arguments.addAll(List.of(more));
    if (!command.equals("watch")) {
      arguments.addAll(List.of("--timeout", "60"));
    }
    return Main.commandLine().execute(arguments.toArray(String[]::new));
  }

  private static long records(TrainerService trainer) {
    return trainer.progress().learning().counts().records();
  }

  /** Reads until a challenger is promoted. */
  private static List<TrainingEvent> eventsToPromotion(Configuration configuration) {
    List<TrainingEvent> events = new ArrayList<>();
    try (EventReader reader =
        new EventReader(
            new ClientProperties(configuration.kafka()).consumer("test"),
            configuration.trainer().events().topic(),
            configuration.model(),
            EventStart.EARLIEST)) {
      long limit = System.nanoTime() + PATIENCE.toNanos();
      while (events.stream().noneMatch(CommandToPromotionTest::isChallengersPromotion)) {
        assertThat(System.nanoTime()).as("events so far: %s", events).isLessThan(limit);
        events.addAll(reader.poll(Duration.ofSeconds(1)));
      }
    }
    return events;
  }

  /** Runs {@code watch --json} in this process until it has shown so many events. */
  private static List<String> watchedAsJson(Path settings, int events) throws InterruptedException {
    PrintStream before = System.out;
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    System.setOut(new PrintStream(output, true, UTF_8));
    Thread watch = new Thread(() -> execute("watch", settings, "--json", "--since", "earliest"));
    watch.start();
    try {
      await(() -> !watch.isAlive() || output.toString(UTF_8).lines().count() >= events);
    } finally {
      watch.interrupt();
      watch.join(PATIENCE.toMillis());
      System.setOut(before);
    }
    return output.toString(UTF_8).lines().toList();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String[] texts(List<TrainingEvent> events, Function<TrainingEvent, String> form) {
    return events.stream().map(form).toArray(String[]::new);
  }

  private static boolean isChallengersPromotion(TrainingEvent event) {
    return event.getPromoted().getComparison().getHeldOutRecords() > 0;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(limit);
      Thread.sleep(5);
    }
  }
}
