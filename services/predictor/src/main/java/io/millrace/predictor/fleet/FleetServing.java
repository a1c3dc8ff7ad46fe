package io.millrace.predictor.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.predictor.fleet.FleetFollowingWork.Surroundings;
import io.millrace.predictor.fleet.FleetServingSettings.UnknownKey;
import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.following.ServedModels;
import io.millrace.predictor.requests.CallReader;
import io.millrace.predictor.requests.Reading;
import io.millrace.predictor.requests.Refusal;
import io.millrace.predictor.requests.RequestKey;
import io.millrace.predictor.requests.RequestReader;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.OwnedThread;
import io.millrace.runtime.lifecycle.Service;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Serves the models of a fleet: a thread follows their checkpoints, and requests are read for the
 * model of their key. Requests to other models are read as ever.
 */
public final class FleetServing implements Service, CallReader {
  private final FleetServingSettings settings;
  private final Fleet fleet;
  private final OwnedThread following;
  private volatile int partitions;

  /**
   * @param consumerProperties how to connect to Kafka
   * @param maxRows the largest batch, in rows
   * @param onFailure takes the name of the following thread, and its failure
   */
  public FleetServing(
      FleetServingSettings settings,
      Map<String, Object> consumerProperties,
      ServedModels served,
      Health health,
      int maxRows,
      MeterRegistry registry,
      BiConsumer<String, Throwable> onFailure) {
    this.settings = settings;
    fleet = new Fleet(settings);
    following =
        new OwnedThread(
            "following-" + settings.model(),
            new FleetFollowingWork(
                settings,
                consumerProperties,
                fleet,
                new Surroundings(served, health, maxRows, Clock.systemUTC()),
                count -> partitions = count),
            onFailure);
    register(registry);
  }

  @Override
  public String name() {
    return "fleet";
  }

  @Override
  public void start() {
    following.start();
  }

  @Override
  public boolean stop(Duration patience) throws InterruptedException {
    boolean stopped = following.stop(patience);
    fleet.close();
    return stopped;
  }

  @Override
  public Reading read(ServedModel model, ModelInferRequest request) {
    if (!model.name().equals(settings.model())) {
      return RequestReader.read(model, request);
    }
    RequestKey asked = RequestKey.of(request, settings.key(), model.signature());
    if (asked.problem() != null) {
      return Refusal.invalid(asked.problem());
    }
    ServedModel found = fleet.of(asked.key());
    if (found != null) {
      return RequestReader.read(found, asked.request());
    }
    Refusal elsewhere = elsewhere(asked.key());
    if (elsewhere != null) {
      return elsewhere;
    }
    return settings.unknownKey() == UnknownKey.TEMPLATE
        ? RequestReader.read(model, asked.request())
        : Refusal.notFound("the fleet '%s' has no model of this key".formatted(settings.model()));
  }

  private @Nullable Refusal elsewhere(String key) {
    if (settings.partitions().isEmpty() || partitions == 0) {
      return null;
    }
    int partition = Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % partitions;
    return settings.partitions().contains(partition)
        ? null
        : Refusal.notFound(
            "the key is of partition %d; this server has %s"
                .formatted(partition, settings.partitions()));
  }

  private void register(MeterRegistry registry) {
    Gauge.builder("millrace.serving.fleet.models", fleet, Fleet::size)
        .description("Keys of a fleet that this predictor has a checkpoint of.")
        .register(registry);
    Gauge.builder("millrace.serving.fleet.hot", fleet, Fleet::hot)
        .description("Models of a fleet that are in memory.")
        .register(registry);
    FunctionCounter.builder("millrace.serving.fleet.loads", fleet, Fleet::loads)
        .description("Models of a fleet that were read from disk for a request.")
        .register(registry);
    FunctionCounter.builder("millrace.serving.fleet.refused", fleet, Fleet::refused)
        .description("Checkpoints of a fleet that could not be served.")
        .register(registry);
  }
}
