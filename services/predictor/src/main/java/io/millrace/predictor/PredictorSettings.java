package io.millrace.predictor;

import io.millrace.checkpoints.CheckpointSettings;
import io.millrace.predictor.answering.AnsweringSettings;
import io.millrace.predictor.fleet.FleetServingSettings;
import io.millrace.predictor.following.EnsembleSettings;
import io.millrace.predictor.following.ServedRivals;
import io.millrace.predictor.following.StalenessLimit;
import io.millrace.predictor.predictionlog.PredictionLogSettings;
import io.millrace.runtime.kafka.KafkaSettings;
import io.millrace.runtime.management.ManagementSettings;
import io.millrace.settings.Section;
import io.vertx.core.http.ClientAuth;
import java.util.List;
import java.util.Optional;

/**
 * What is served, and how.
 *
 * @param models the models' names, which are the keys of their manifests; empty for all models on
 *     the topic
 * @param kafka how to connect to the brokers
 * @param checkpoints the topics of the checkpoints
 * @param answering where requests are answered, and within which limits
 * @param staleness how old the served version may be
 * @param rivals which rivals of a model answer
 * @param ensembles models that are means of others
 * @param fleet how the model of that name is served if it is a fleet
 * @param recording the prediction log; empty if there is none
 * @param management the separate port for health and metrics of a predictor that runs alone; empty
 *     if there is none
 */
public record PredictorSettings(
    List<String> models,
    KafkaSettings kafka,
    CheckpointSettings checkpoints,
    AnsweringSettings answering,
    StalenessLimit staleness,
    ServedRivals rivals,
    List<EnsembleSettings> ensembles,
    Optional<FleetServingSettings> fleet,
    Optional<PredictionLogSettings> recording,
    Optional<ManagementSettings> management) {
  /** The section of the predictor's own port for health and metrics. */
  static final String MANAGEMENT = "serving.management";

  private static final String ALL = "*";
  private static final int MANAGEMENT_PORT = 9090;

  public PredictorSettings {
    models = List.copyOf(models);
    ensembles = List.copyOf(ensembles);
  }

  private static final String[] OF_THE_TRAINER = {
    "records",
    "inputs",
    "outputs",
    "network",
    "training",
    "validation",
    "callbacks",
    "drift",
    "rounds",
    "rivals",
    "champion",
    "events",
    "commands",
    "readiness",
    "tensorboard"
  };

  /** Reads a model's document. Sections that others need are ignored. */
  public static PredictorSettings read(Section root) {
    root.ignore(OF_THE_TRAINER);
    root.ignore("join", "file");
    String model = root.text("model", "The model's name.").required();
    Section serving = root.section("serving");
    Optional<PredictionLogSettings> recording =
        PredictionLogSettings.read(serving.section("prediction_log"));
    AnsweringSettings answering = AnsweringSettings.read(serving);
    if (answering.routing().shadow().isPresent() && recording.isEmpty()) {
      serving.report("shadow", "is scored for the log alone; allowed: with prediction_log.topic");
    }
    List<String> models = models(serving, model);
    CheckpointSettings checkpoints = CheckpointSettings.read(root.section("checkpoints"), model);
    List<EnsembleSettings> ensembles = EnsembleSettings.read(serving, models);
    VersionChecks versions = new VersionChecks(model, checkpoints.keep(), models, serving);
    ensembles.forEach(versions::check);
    answering.routing().shadow().ifPresent(shadow -> versions.checkShadow(shadow, ensembles));
    return new PredictorSettings(
        models,
        KafkaSettings.read(root.section("kafka")),
        checkpoints,
        answering,
        StalenessLimit.read(serving),
        ServedRivals.read(serving),
        ensembles,
        FleetServingSettings.read(root, model),
        recording,
        management(root, serving, answering.transport().clientAuth()));
  }

  /** Probes have no certificate. If the request port requires one, probes get their own port. */
  private static Optional<ManagementSettings> management(
      Section root, Section serving, ClientAuth clientAuth) {
    Optional<ManagementSettings> own =
        ManagementSettings.readOptional(serving.section("management"));
    if (own.isPresent() || clientAuth == ClientAuth.NONE) {
      root.ignore("management");
      return own;
    }
    return Optional.of(ManagementSettings.read(root.section("management"), MANAGEMENT_PORT));
  }

  private static List<String> models(Section serving, String model) {
    List<String> models =
        serving
            .texts("models", "The models that are served, of one topic; * for all that are on it.")
            .check("at least one", list -> !list.isEmpty())
            .orElse(List.of(model));
    return models.contains(ALL) ? List.of() : models.stream().distinct().toList();
  }
}
