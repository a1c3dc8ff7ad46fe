package io.millrace.predictor.inference;

import io.millrace.predictor.following.InputTensor;
import io.millrace.predictor.following.ModelSignature.Output;
import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.following.ServedModels;
import io.millrace.predictor.following.ServedVersions;
import io.millrace.predictor.following.VersionStatistics;
import io.millrace.predictor.requests.FieldValues;
import io.millrace.predictor.requests.Parameters;
import io.millrace.predictor.requests.TensorDataType;
import io.millrace.proto.inference.DataType;
import io.millrace.proto.inference.ModelConfig;
import io.millrace.proto.inference.ModelConfigResponse;
import io.millrace.proto.inference.ModelDynamicBatching;
import io.millrace.proto.inference.ModelInput;
import io.millrace.proto.inference.ModelMetadataResponse;
import io.millrace.proto.inference.ModelMetadataResponse.TensorMetadata;
import io.millrace.proto.inference.ModelOutput;
import io.millrace.proto.inference.ModelParameter;
import io.millrace.proto.inference.ModelQueuePolicy;
import io.millrace.proto.inference.ModelStatistics;
import io.millrace.proto.inference.ModelStatisticsResponse;
import io.millrace.proto.inference.ModelTransactionPolicy;
import io.millrace.proto.inference.ModelVersionPolicy;
import io.millrace.proto.inference.RepositoryIndexResponse;
import io.millrace.proto.inference.RepositoryIndexResponse.ModelIndex;
import io.millrace.proto.inference.ServerMetadataResponse;
import io.millrace.runtime.Version;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of the server and its models, as the protocol and Triton's extensions define it.
 * Safe for any thread.
 */
public final class ModelCatalog {
  private static final String PLATFORM = "millrace";
  private static final long ANY_SIZE = -1;
  private static final List<String> EXTENSIONS =
      List.of(
          "binary_tensor_data",
          "classification",
          "model_configuration",
          "parameters",
          "schedule_policy");
  private static final List<String> ADMIN_EXTENSIONS =
      List.of("model_repository(index)", "statistics");

  private final ServedModels models;
  private final QueueSettings queue;
  private final ServerMetadataResponse server;

  /**
   * @param admin whether {@link #statistics} and {@link #index} are offered
   */
  public ModelCatalog(ServedModels models, QueueSettings queue, boolean admin) {
    this.models = models;
    this.queue = queue;
    this.server =
        ServerMetadataResponse.newBuilder()
            .setName(PLATFORM)
            .setVersion(Version.current())
            .addAllExtensions(EXTENSIONS)
            .addAllExtensions(admin ? ADMIN_EXTENSIONS : List.of())
            .build();
  }

  public ServerMetadataResponse server() {
    return server;
  }

  public ModelMetadataResponse metadata(ServedModel model) {
    ModelMetadataResponse.Builder metadata =
        ModelMetadataResponse.newBuilder().setName(model.name()).setPlatform(PLATFORM);
    ServedVersions versions = models.of(model.name());
    if (versions != null) {
      versions.newestFirst().map(ServedModel::version).forEach(metadata::addVersions);
    }
    model.signature().inputTensors().forEach(input -> metadata.addInputs(describe(input)));
    model.signature().outputs().forEach(output -> metadata.addOutputs(describe(output)));
    return metadata.build();
  }

  public ModelConfigResponse config(ServedModel model) {
    ModelConfig.Builder config =
        ModelConfig.newBuilder()
            .setName(model.name())
            .setPlatform(PLATFORM)
            .setBackend(PLATFORM)
            .setVersionPolicy(
                ModelVersionPolicy.newBuilder().setAll(ModelVersionPolicy.All.getDefaultInstance()))
            .setMaxBatchSize(queue.maxBatch())
            .setDynamicBatching(batching())
            .setModelTransactionPolicy(ModelTransactionPolicy.getDefaultInstance());
    model.signature().inputTensors().forEach(input -> config.addInput(configure(input)));
    model.signature().outputs().forEach(output -> config.addOutput(configure(output)));
    model
        .provenance()
        .forEach((name, value) -> config.putParameters(name, parameter(Parameters.text(value))));
    return ModelConfigResponse.newBuilder().setConfig(config).build();
  }

  /**
   * Returns the statistics of one version, or the sums over all versions that a model has had. The
   * sums keep the counts of versions that are gone.
   *
   * @param name empty for every model
   * @param version empty for all versions together
   */
  public ModelStatisticsResponse statistics(String name, String version) {
    ModelStatisticsResponse.Builder statistics = ModelStatisticsResponse.newBuilder();
    models.names().stream()
        .filter(model -> name.isEmpty() || model.equals(name))
        .sorted()
        .map(model -> statisticsOf(model, version))
        .filter(Objects::nonNull)
        .forEach(statistics::addModelStats);
    return statistics.build();
  }

  private @Nullable ModelStatistics statisticsOf(String name, String version) {
    if (version.isEmpty()) {
      VersionStatistics ofAll = models.statisticsOf(name);
      return ofAll == null ? null : ofAll.message(name, "");
    }
    ServedModel model = models.versionsOf(name).version(version);
    return model == null ? null : model.statistics().message(name, model.version());
  }

  public RepositoryIndexResponse index(boolean readyOnly) {
    RepositoryIndexResponse.Builder index = RepositoryIndexResponse.newBuilder();
    models.names().stream().sorted().forEach(model -> addVersions(index, model, readyOnly));
    return index.build();
  }

  private void addVersions(RepositoryIndexResponse.Builder index, String name, boolean readyOnly) {
    ServedVersions versions = models.versionsOf(name);
    if (versions.champion() == null && !readyOnly) {
      index.addModels(
          ModelIndex.newBuilder()
              .setName(name)
              .setState("UNAVAILABLE")
              .setReason("it has " + versions.absence()));
    }
    versions.newestFirst().map(model -> ready(name, model.version())).forEach(index::addModels);
  }

  private static ModelIndex ready(String name, String version) {
    return ModelIndex.newBuilder().setName(name).setVersion(version).setState("READY").build();
  }

  private ModelDynamicBatching batching() {
    return ModelDynamicBatching.newBuilder()
        .setPreserveOrdering(queue.priorityLevels() == 1)
        .setPriorityLevels(queue.priorityLevels())
        .setDefaultPriorityLevel(queue.defaultPriority())
        .setDefaultQueuePolicy(
            ModelQueuePolicy.newBuilder()
                .setAllowTimeoutOverride(true)
                .setMaxQueueSize(queue.capacityRows()))
        .build();
  }

  private static ModelInput configure(InputTensor input) {
    return ModelInput.newBuilder()
        .setName(input.name())
        .setDataType(input.isText() ? DataType.TYPE_STRING : DataType.TYPE_FP32)
        .addDims(input.width())
        .setOptional(input.isOptional())
        .build();
  }

  private static ModelOutput configure(Output output) {
    ModelOutput.Builder tensor = ModelOutput.newBuilder().setName(output.name());
    return output.isClass()
        ? tensor.setDataType(DataType.TYPE_STRING).addDims(1).build()
        : tensor.setDataType(DataType.TYPE_FP32).addDims(output.width()).build();
  }

  private static ModelParameter parameter(String value) {
    return ModelParameter.newBuilder().setStringValue(value).build();
  }

  private static TensorMetadata describe(InputTensor input) {
    return TensorMetadata.newBuilder()
        .setName(input.name())
        .setDatatype(input.isText() ? FieldValues.BYTES : TensorDataType.FP32.name())
        .addShape(ANY_SIZE)
        .addShape(input.width())
        .build();
  }

  private static TensorMetadata describe(Output output) {
    TensorMetadata.Builder tensor =
        TensorMetadata.newBuilder()
            .setName(output.name())
            .setDatatype(output.isClass() ? FieldValues.BYTES : TensorDataType.FP32.name())
            .addShape(ANY_SIZE);
    return (output.isClass() ? tensor : tensor.addShape(output.width())).build();
  }
}
