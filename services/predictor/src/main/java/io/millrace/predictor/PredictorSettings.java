package io.millrace.predictor;

import io.millrace.checkpoints.CheckpointSettings;
import io.millrace.predictor.answering.AnsweringSettings;
import io.millrace.predictor.following.StalenessLimit;
import io.millrace.runtime.kafka.KafkaSettings;
import io.millrace.settings.Section;

/**
 * What is served, and how.
 *
 * @param model the model's name, the key of its manifest
 * @param kafka where its checkpoints come from
 * @param checkpoints the topics that they come on
 * @param answering where and within which bounds requests are answered
 * @param staleness how old the version served may be
 */
public record PredictorSettings(
    String model,
    KafkaSettings kafka,
    CheckpointSettings checkpoints,
    AnsweringSettings answering,
    StalenessLimit staleness) {

  private static final String[] OF_THE_TRAINER = {
    "records", "inputs", "outputs", "network", "training", "validation", "callbacks", "management"
  };

  /** Reads a model's document; what the trainer alone needs is left to it. */
  public static PredictorSettings read(Section root) {
    root.ignore(OF_THE_TRAINER);
    String model = root.text("model", "The model's name.").required();
    Section serving = root.section("serving");
    return new PredictorSettings(
        model,
        KafkaSettings.read(root.section("kafka")),
        CheckpointSettings.read(root.section("checkpoints"), model),
        AnsweringSettings.read(serving),
        StalenessLimit.read(serving));
  }
}
