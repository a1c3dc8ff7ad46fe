package io.millrace.trainer;

import io.millrace.checkpoints.CheckpointSettings;
import io.millrace.checkpoints.DefinitionJson;
import io.millrace.learning.Learner;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.champion.GateSettings;
import io.millrace.learning.devices.Device;
import io.millrace.learning.devices.UnusableDeviceException;
import io.millrace.learning.model.InputSettings;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.runtime.kafka.KafkaSettings;
import io.millrace.runtime.kafka.ReadinessSettings;
import io.millrace.runtime.management.ManagementSettings;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import io.millrace.settings.Section;
import io.millrace.trainer.commands.CommandSettings;
import io.millrace.trainer.control.RoundSchedule;
import io.millrace.trainer.decoding.RecordFormat;
import io.millrace.trainer.events.EventSettings;
import io.millrace.trainer.intake.RecordSettings;
import io.millrace.trainer.tensorboard.TensorBoardSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * All settings of a trainer, from a model's YAML file.
 *
 * @param model the model's name, which identifies its checkpoints
 * @param kafka the connection to the brokers
 * @param records the records it learns from
 * @param definition inputs, network and outputs
 * @param learner how it learns
 * @param rounds when rounds begin by the clock; absent if none does
 * @param maxBatchAge how long a mini-batch may wait for more records
 * @param checkpoints the topic and the interval of its checkpoints
 * @param gate when newer weights are served, and when older ones are restored
 * @param events where it publishes events
 * @param commands where it takes commands from
 * @param tensorBoard how event files for TensorBoard are written; absent: none are
 * @param management the port for health, metrics, and commands over gRPC
 * @param readiness when it is not ready
 * @param sha256 the hash of all sections that determine what is learned, in hexadecimal digits
 */
public record TrainerSettings(
    String model,
    KafkaSettings kafka,
    RecordSettings records,
    ModelDefinition definition,
    LearnerSettings learner,
    Optional<RoundSchedule> rounds,
    Duration maxBatchAge,
    CheckpointSettings checkpoints,
    GateSettings gate,
    EventSettings events,
    CommandSettings commands,
    Optional<TensorBoardSettings> tensorBoard,
    ManagementSettings management,
    ReadinessSettings readiness,
    String sha256) {
  private static final String[] LEARNED = {
    "inputs",
    "outputs",
    "network",
    "training",
    "rivals",
    "validation",
    "callbacks",
    "drift",
    "rounds"
  };
  private static final int MANAGEMENT_PORT = 9090;

  /**
   * Reads a model's document. Others read the sections {@code serving}, {@code join}, {@code file},
   * {@code fleet} and {@code search}.
   */
  public static TrainerSettings read(Section root) {
    root.ignore("serving", "join", "file", "fleet", "search");
    String model =
        root.text("model", "name of the model")
            .check("letters, digits, '.', '_' and '-'", name -> name.matches("[A-Za-z0-9._-]+"))
            .required();
    ModelDefinition definition = ModelDefinition.read(root);
    ManagementSettings management =
        ManagementSettings.read(root.section("management"), MANAGEMENT_PORT);
    RecordSettings records = RecordSettings.read(root.section("records"));
    LearnerSettings learner = LearnerSettings.read(root, definition);
    records.checkFields(root, learner.validation(), definition);
    if (records.format() == RecordFormat.PROTOBUF) {
      definition.inputs().stream()
          .filter(input -> !input.isNumeric())
          .forEach(input -> reportTexts(root, input));
    }
    return new TrainerSettings(
        model,
        KafkaSettings.read(root.section("kafka")),
        records,
        records.prepared(definition),
        learner,
        RoundSchedule.read(root.section("rounds")),
        root.section("training")
            .duration(
                "max_batch_age",
                "longest wait for a record before an incomplete mini-batch is trained")
            .check("at least 1ms", age -> age.toMillis() >= 1)
            .orElse(Duration.ofSeconds(5)),
        CheckpointSettings.read(root.section("checkpoints"), model),
        GateSettings.read(root.section("champion")),
        EventSettings.read(root.section("events"), model),
        CommandSettings.read(root.section("commands"), model, management),
        TensorBoardSettings.read(root, LEARNED),
        management,
        ReadinessSettings.read(root.section("readiness")),
        sha256(root));
  }

  /**
   * Requires that this machine has what the settings name: the device, the file of initial weights,
   * and the folder for TensorBoard.
   *
   * @throws InvalidSettingsException if it has not
   */
  void checkMachine() {
    tensorBoard
        .flatMap(board -> board.problem(model))
        .ifPresent(
            problem -> {
              throw new InvalidSettingsException(List.of(problem));
            });
    if (learner.training().initialWeights().isEmpty()
        && learner.training().device().device() != Device.GPU) {
      return;
    }
    try {
      Learner unused = new Learner(definition, learner);
    } catch (UnusableDeviceException e) {
      throw new InvalidSettingsException(
          List.of(
              new Problem("training.device", "is gpu, but " + e.getMessage() + "; allowed: cpu")));
    }
  }

  private static void reportTexts(Section root, InputSettings input) {
    root.report(
        "inputs." + input.name() + ".features",
        "are not all numbers, but records in format protobuf hold nothing else; allowed: another"
            + " format, such as protobuf_message");
  }

  private static String sha256(Section root) {
    String learned = DefinitionJson.write(root.tree(LEARNED));
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(learned.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
