package io.millrace.predictor.answering;

import io.millrace.predictor.following.ModelSignature;
import io.millrace.predictor.following.ModelSignature.Input;
import io.millrace.predictor.following.ModelSignature.Output;
import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.following.ServedModels;
import io.millrace.predictor.following.ServedVersions;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelMetadataResponse;
import io.millrace.proto.inference.ModelMetadataResponse.TensorMetadata;
import io.millrace.proto.inference.ServerMetadataResponse;
import io.millrace.runtime.Version;
import io.millrace.runtime.lifecycle.Health;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The methods of the Open Inference Protocol [1], whatever the transport. For event loops: nothing
 * here waits.
 *
 * <p>[1] Open Inference Protocol, version 2, kserve/open-inference-protocol.
 */
final class OpenInference {
  private static final String PLATFORM = "millrace";
  private static final long ANY_SIZE = -1;

  private final ServedModels models;
  private final InferenceQueue queue;
  private final Health health;

  OpenInference(ServedModels models, InferenceQueue queue, Health health) {
    this.models = models;
    this.queue = queue;
    this.health = health;
  }

  boolean isLive() {
    return health.failure().isEmpty();
  }

  boolean isReady() {
    return health.reasonsAgainstReadiness().isEmpty();
  }

  ServerMetadataResponse serverMetadata() {
    return ServerMetadataResponse.newBuilder()
        .setName(PLATFORM)
        .setVersion(Version.current())
        .build();
  }

  boolean isKnown(String model) {
    return models.of(model) != null;
  }

  /** Returns the version of a model that is asked for, or null: {@link #missing} says why. */
  @Nullable ServedModel find(String name, String version) {
    ServedVersions versions = models.of(name);
    return versions == null ? null : versions.version(version);
  }

  /** Returns why {@link #find} found nothing. */
  Refusal missing(String name, String version) {
    ServedVersions versions = models.of(name);
    if (versions == null) {
      return Refusal.notFound(
          "model '%s' is unknown; this server has %s".formatted(name, models.names()));
    }
    if (versions.champion() == null) {
      return Refusal.unavailable(
          "model '%s' has no version yet: no checkpoint was published".formatted(name));
    }
    String others = versions.newestFirst().collect(Collectors.joining(", "));
    return Refusal.notFound(
        "model '%s' has no version '%s'; retained are %s".formatted(name, version, others));
  }

  ModelMetadataResponse metadata(ServedModel model) {
    ModelSignature signature = model.signature();
    ModelMetadataResponse.Builder metadata =
        ModelMetadataResponse.newBuilder().setName(model.name()).setPlatform(PLATFORM);
    ServedVersions versions = models.of(model.name());
    if (versions != null) {
      versions.newestFirst().forEach(metadata::addVersions);
    }
    signature.inputs().forEach(input -> metadata.addInputs(describe(input)));
    signature.outputs().forEach(output -> metadata.addOutputs(describe(output)));
    return metadata.build();
  }

  /**
   * Lets a request wait for the inference thread, or refuses it at once.
   *
   * @param timeoutNanos how long the caller waits, or {@link PendingCall#NO_DEADLINE}
   */
  void infer(ModelInferRequest request, long timeoutNanos, Caller caller) {
    ServedModel model = find(request.getModelName(), request.getModelVersion());
    if (model == null) {
      caller.refuse(missing(request.getModelName(), request.getModelVersion()));
      return;
    }
    Reading reading = RequestReader.read(model, request);
    if (reading instanceof InferenceCall call) {
      enqueue(new PendingCall(call, caller, System.nanoTime(), timeoutNanos));
    } else if (reading instanceof Refusal refusal) {
      caller.refuse(refusal);
    }
  }

  private void enqueue(PendingCall pending) {
    if (!queue.offer(pending)) {
      pending
          .caller()
          .refuse(
              Refusal.exhausted(
                  "more rows wait than serving.queue_capacity allows; try again later"));
    }
  }

  private static TensorMetadata describe(Input input) {
    return TensorMetadata.newBuilder()
        .setName(input.name())
        .setDatatype(DataType.FP32.name())
        .addShape(ANY_SIZE)
        .addShape(input.width())
        .build();
  }

  private static TensorMetadata describe(Output output) {
    TensorMetadata.Builder tensor =
        TensorMetadata.newBuilder()
            .setName(output.name())
            .setDatatype(output.isClass() ? "BYTES" : DataType.FP32.name())
            .addShape(ANY_SIZE);
    return (output.isClass() ? tensor : tensor.addShape(output.width())).build();
  }
}
