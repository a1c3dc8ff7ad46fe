package io.millrace.cli.tune;

import io.millrace.checkpoints.CheckpointReader;
import io.millrace.checkpoints.CheckpointSettings;
import io.millrace.checkpoints.CheckpointWriter;
import io.millrace.checkpoints.DefinitionJson;
import io.millrace.checkpoints.Snapshot;
import io.millrace.checkpoints.manifest.Provenance;
import io.millrace.checkpoints.manifest.StoredCounts;
import io.millrace.checkpoints.manifest.StreamPosition;
import io.millrace.checkpoints.manifest.Summary;
import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.invocation.Configuration;
import io.millrace.learning.Phase;
import io.millrace.learning.model.Digests;
import io.millrace.learning.model.Model;
import io.millrace.learning.state.State;
import io.millrace.runtime.Version;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.Topics;
import io.millrace.tuning.trials.TrialResult;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Models that become the first versions of models of their own, {@code NAME-1}, {@code NAME-2} and
 * so on, on the checkpoints topic of the settings. What is there is never touched.
 */
final class Publication {
  private final Configuration configuration;
  private final ClientProperties clients;
  private final String name;

  private Publication(Configuration configuration, String name) {
    this.configuration = configuration;
    this.clients = new ClientProperties(configuration.kafka());
    this.name = name;
  }

  /**
   * Prepares to publish some models.
   *
   * @throws CommandFailedException if one of the names is taken
   */
  static Publication of(Configuration configuration, String name, int models) {
    Publication publication = new Publication(configuration, name);
    publication.requireFree(models);
    return publication;
  }

  /**
   * Publishes models and adds to a text how they are served.
   *
   * @param trials the trial of each model
   * @param weights how much each counts; null for all alike
   * @throws CommandFailedException if one of the names has been taken meanwhile
   */
  EnsembleText publish(
      EnsembleText text,
      List<Model> models,
      List<TrialResult> trials,
      double @Nullable [] weights) {
    List<String> names = names(models.size());
    for (int i = 0; i < models.size(); i++) {
      publish(names.get(i), models.get(i), trials.get(i));
    }
    return text.with(names, lines(names, weights));
  }

  private void requireFree(int models) {
    CheckpointSettings settings = configuration.trainer().checkpoints();
    String topic = settings.topics().manifest();
    try (Topics topics = Topics.connect(configuration.kafka())) {
      if (!topics.exists("checkpoints.topic", topic)) {
        return;
      }
    }
    for (String model : names(models)) {
      try (CheckpointReader reader =
          new CheckpointReader(clients.consumer("millrace-tune"), settings.topics(), model)) {
        if (reader.manifest().isPresent()) {
          throw taken(model);
        }
      }
    }
  }

  private void publish(String model, Model published, TrialResult trial) {
    CheckpointSettings settings = configuration.trainer().checkpoints();
    try (CheckpointWriter writer =
        CheckpointWriter.open(
            clients.producer("millrace-tune"),
            clients.consumer("millrace-tune-reading"),
            settings,
            model)) {
      if (!writer.isFirst()) {
        throw taken(model);
      }
      String definition = DefinitionJson.write(published.definition().tree());
      writer.write(
          new Snapshot(definition, published.weights(), null, summary(published, trial)),
          List.of());
    }
  }

  private Summary summary(Model published, TrialResult trial) {
    String monitor = configuration.search().orElseThrow().judging().monitor().name();
    return new Summary(
        Instant.now(),
        new StreamPosition(configuration.records().topic(), Map.of()),
        new StoredCounts(0, 0, 0, 0, 0, trial.bestEpoch()),
        Phase.TRAINING.name(),
        0,
        Map.of(monitor, trial.score()),
        Provenance.ofThisProcess(Version.current(), "host", 1, configuration.trainer().sha256()),
        sha256(published.weights()),
        Optional.empty(),
        List.of());
  }

  private static String sha256(State weights) {
    return HexFormat.of()
        .formatHex(Digests.sha256(weights.floats("parameters"), weights.floats("non_trainable")));
  }

  private List<String> names(int models) {
    return IntStream.rangeClosed(1, models).mapToObj(i -> name + "-" + i).toList();
  }

  private List<String> lines(List<String> names, double @Nullable [] weights) {
    String members = String.join(", ", names);
    String shares =
        weights == null
            ? ""
            : Arrays.stream(weights)
                .mapToObj(weight -> String.format(Locale.ROOT, "%.4f", weight))
                .collect(Collectors.joining(", ", ", weights: [", "]"));
    return List.of(
        "published %s, each as version 1, on %s; a predictor serves their mean with"
            .formatted(members, configuration.trainer().checkpoints().topics().manifest()),
        "",
        "  serving:",
        "    models: [%s]".formatted(members),
        "    ensembles:",
        "      %s: {members: [%s]%s}".formatted(name, members, shares));
  }

  private CommandFailedException taken(String model) {
    return new CommandFailedException(
        "--publish %s would write the model %s, which has versions on %s; name another"
            .formatted(name, model, configuration.trainer().checkpoints().topics().manifest()));
  }
}
