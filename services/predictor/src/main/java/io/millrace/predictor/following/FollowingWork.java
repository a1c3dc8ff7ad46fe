package io.millrace.predictor.following;

import io.millrace.checkpoints.Checkpoint;
import io.millrace.checkpoints.CheckpointReader;
import io.millrace.checkpoints.failures.CheckpointMissingException;
import io.millrace.checkpoints.failures.CheckpointRefusals;
import io.millrace.checkpoints.failures.CheckpointUnavailableException;
import io.millrace.checkpoints.kafka.CheckpointTopics;
import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.ManifestFollower;
import io.millrace.checkpoints.manifest.StoredCheckpoint;
import io.millrace.runtime.LogKeys;
import io.millrace.runtime.lifecycle.Work;
import io.millrace.runtime.tracing.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The work of the thread that follows one model's checkpoints. It receives manifests, reads and
 * verifies their checkpoints, and hands them to the {@link Succession}.
 *
 * <p>While Kafka is unavailable, the last served model stays in service. The newest manifest is
 * retried until its checkpoints are read or a newer manifest arrives.
 */
final class FollowingWork implements Work {
  private static final Logger LOGGER = LoggerFactory.getLogger(FollowingWork.class);

  /** How long a poll waits; also how soon staleness and a stop are noticed. */
  private static final Duration POLL = Duration.ofMillis(100);

  private static final Duration READ_PATIENCE = Duration.ofSeconds(5);

  private final String model;
  private final Map<String, Object> consumerProperties;
  private final CheckpointTopics topics;
  private final ModelLoader loader;
  private final Succession succession;
  private final Freshness freshness;
  private @Nullable ManifestFollower follower;
  private @Nullable CheckpointReader reader;
  private @Nullable Manifest pending;

  FollowingWork(
      String model,
      Map<String, Object> consumerProperties,
      CheckpointTopics topics,
      ModelLoader loader,
      Succession succession,
      Freshness freshness) {
    this.model = model;
    this.consumerProperties = consumerProperties;
    this.topics = topics;
    this.loader = loader;
    this.succession = succession;
    this.freshness = freshness;
  }

  @Override
  public void onStart() {
    MDC.put(LogKeys.MODEL, model); // for the lines of clients, too
    reader =
        new CheckpointReader(
            consumerProperties, topics, model, READ_PATIENCE, CheckpointRefusals.UNTOLD);
    follower =
        new ManifestFollower(
            consumerProperties,
            topics,
            model,
            (topic, offset, reason) -> succession.refuse(Succession.NO_VERSION, reason));
  }

  @Override
  public void doWork() {
    opened(follower).poll(POLL).ifPresent(manifest -> pending = manifest);
    if (pending != null) {
      follow(pending);
    }
    freshness.check(succession.champion(), succession.absence());
  }

  @Override
  public void onClose() {
    if (follower != null) {
      follower.close();
    }
    if (reader != null) {
      reader.close();
    }
  }

  private void follow(Manifest manifest) {
    try {
      succession.follow(manifest, this::load);
      pending = null;
    } catch (CheckpointUnavailableException | CheckpointMissingException e) {
      LOGGER
          .atWarn()
          .addKeyValue(LogKeys.MODEL, model)
          .addKeyValue(LogKeys.REASON, e.getMessage())
          .log("A checkpoint cannot be read now; trying again");
    }
  }

  private Optional<ServedModel> load(StoredCheckpoint stored) {
    Tracing tracing = Tracing.ofProcess();
    if (!tracing.isOn()) {
      return read(stored);
    }
    Span span =
        tracing
            .tracer()
            .spanBuilder("load " + model)
            .setSpanKind(SpanKind.CONSUMER)
            .setParent(Tracing.contextOf(stored.summary().provenance().traceparent()))
            .setAttribute("millrace.model", model)
            .setAttribute("millrace.version", stored.version())
            .startSpan();
    try {
      return read(stored);
    } catch (RuntimeException e) {
      span.setStatus(StatusCode.ERROR, e.getClass().getSimpleName());
      throw e;
    } finally {
      span.end();
    }
  }

  private Optional<ServedModel> read(StoredCheckpoint stored) {
    Optional<Checkpoint> checkpoint = opened(reader).readWeights(stored);
    return checkpoint.map(loader::load);
  }

  private static <T> T opened(@Nullable T client) {
    if (client == null) {
      throw new IllegalStateException("not started");
    }
    return client;
  }
}
