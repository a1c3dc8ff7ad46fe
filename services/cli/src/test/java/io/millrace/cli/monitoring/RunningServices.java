package io.millrace.cli.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.CommandRun;
import io.millrace.cli.deployment.Repository;
import io.millrace.cli.invocation.Configuration;
import io.millrace.joiner.JoinerService;
import io.millrace.joiner.JoinerSettings;
import io.millrace.predictor.PredictorService;
import io.millrace.predictor.ProbePort;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.http.HttpService;
import io.millrace.runtime.kafka.BrokerWatch;
import io.millrace.runtime.kafka.Topics;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.Service;
import io.millrace.runtime.management.ManagementRoutes;
import io.millrace.runtime.management.Metrics;
import io.millrace.trainer.TrainerService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A trainer, a predictor and a joiner of the model in {@code k8s/base}, each with metrics of its
 * own as in three processes, on a real broker. The model has learned letters and has answered.
 */
final class RunningServices implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  private static final String LETTERS =
      "services/quickstart/src/main/resources/io/millrace/quickstart/letter-recognition.csv.gz";

  private static final String RIVALS =
      "\nrivals: [{name: default}, {name: fast, training: {optimizer: {learning_rate: 0.009}}}]\n";

  private static final String REQUEST =
      """
      {"inputs": [{"name": "features", "shape": [1, 16], "datatype": "FP32",
                   "data": [2, 8, 3, 5, 1, 8, 13, 0, 6, 6, 10, 8, 0, 8, 0, 8]}]}
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  private final EmbeddedBroker broker = EmbeddedBroker.started();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final List<Service> started = new ArrayList<>();
  private final Map<String, Metrics> metrics = new LinkedHashMap<>();
  private final Map<String, IntSupplier> ports = new LinkedHashMap<>();
  private final Configuration configuration;
  private TrainerService trainer;
  private PredictorService predictor;

  RunningServices(Path folder) throws Exception {
    Path model = Files.writeString(folder.resolve("model.yaml"), model(folder));
    configuration = Configuration.load(model, Map.of());
    try (Topics topics = Topics.connect(configuration.kafka())) {
      for (String topic : List.of("letters", "letters.features", "letters.labels")) {
        topics.ensure("records.topic", new NewTopic(topic, 1, (short) 1));
      }
    }
    startTrainer();
    startPredictor();
    startJoiner();
    learn(model);
  }

  /**
   * Waits until every service shows all that it has, and returns what each answers, by its name.
   */
  Map<String, String> scrapes() throws IOException, InterruptedException {
    System.gc(); // its pauses are shown after the first
    await(() -> missing().isEmpty(), () -> missing().toString());
    Map<String, String> scrapes = new LinkedHashMap<>();
    for (Map.Entry<String, IntSupplier> port : ports.entrySet()) {
      HttpResponse<String> response =
          http.send(get(port.getValue(), "metrics"), BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(200);
      scrapes.put(port.getKey(), response.body());
    }
    return scrapes;
  }

  @Override
  public void close() throws InterruptedException {
    for (int i = started.size() - 1; i >= 0; i--) {
      assertThat(started.get(i).stop(Duration.ofSeconds(60))).isTrue();
    }
    metrics.values().forEach(Metrics::close);
    broker.close();
    assertThat(failures).isEmpty();
  }

  private String model(Path folder) {
    return Repository.text("k8s/base/model.yaml")
        .replace("kafka:9092", broker.bootstrapServers())
        .replace("0.0.0.0", "127.0.0.1")
        .replaceAll("port: \\d+", "port: 0")
        .replace("\nvalidation:\n", RIVALS + "validation:\n")
        .replace("serving:\n", "serving:\n  prediction_log: {topic: letters.predictions}\n")
        .replace("join: ", "join:\n  state_dir: " + folder.resolve("state") + "\n  #")
        .replace("interval: 5s", "interval: 200ms");
  }

  private void startTrainer() throws InterruptedException {
    Health health = new Health();
    Metrics shown = metrics("trainer");
    trainer = new TrainerService(configuration.trainer(), health, shown, this::failed);
    HttpService management = trainer.management(new ManagementRoutes(health, shown));
    ports.put("trainer", management::port);
    start(management);
    start(watch(health, shown));
    start(trainer);
  }

  private void startPredictor() throws InterruptedException {
    Health health = new Health();
    Metrics shown = metrics("predictor");
    ProbePort probes = ProbePort.of(configuration.predictor(), health, shown).orElseThrow();
    predictor = new PredictorService(configuration.predictor(), health, shown, this::failed);
    ports.put("predictor", probes::port);
    start(probes);
    start(watch(health, shown));
    start(predictor);
  }

  private void startJoiner() throws InterruptedException {
    Health health = new Health();
    Metrics shown = metrics("joiner");
    JoinerSettings settings = configuration.joiner().orElseThrow();
    HttpService management = new ManagementRoutes(health, shown).service(settings.management());
    ports.put("joiner", management::port);
    start(management);
    start(watch(health, shown));
    start(new JoinerService(settings, health, shown, this::failed));
  }

  /** Lets it learn until an answer comes of a version that has been judged. */
  private void learn(Path model) {
    CommandRun produced =
        CommandRun.of(
            "produce", "--config", model.toString(), "--file", Repository.file(LETTERS).toString());
    assertThat(produced.exitCode()).as(produced.output()).isZero();
    await(() -> trainer.progress().learning().counts().evaluations() > 0, () -> "no evaluation");
    await(this::answers, () -> "no answer");
  }

  private boolean answers() {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(uri(predictor::port, "v2/models/letters/infer"))
              .POST(BodyPublishers.ofString(REQUEST))
              .build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the meters of others that no service has so far. */
  private Set<String> missing() {
    Set<String> names = new TreeSet<>(Metrics.ofOthers());
    for (Metrics shown : metrics.values()) {
      shown.registry().getMeters().forEach(meter -> names.remove(meter.getId().getName()));
    }
    return names;
  }

  private Metrics metrics(String service) {
    Metrics made = new Metrics(configuration.model());
    metrics.put(service, made);
    return made;
  }

  private Service watch(Health health, Metrics shown) {
    return BrokerWatch.service(
        configuration.kafka(), Optional.empty(), health, shown, this::failed);
  }

  private void start(Service service) throws InterruptedException {
    service.start();
    started.add(service);
  }

  private void failed(String name, Throwable failure) {
    failures.add(failure);
  }

  private void await(BooleanSupplier condition, Supplier<String> state) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(failures).isEmpty();
      assertThat(System.nanoTime()).as(state.get()).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static HttpRequest get(IntSupplier port, String path) {
    return HttpRequest.newBuilder(uri(port, path)).build();
  }

  private static URI uri(IntSupplier port, String path) {
    return URI.create("http://127.0.0.1:" + port.getAsInt() + "/" + path);
  }
}
