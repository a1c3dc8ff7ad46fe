package io.millrace.trainer.tensorboard;

import io.millrace.proto.tensorboard.v1.Experiment;
import io.millrace.proto.tensorboard.v1.HParamInfo;
import io.millrace.proto.tensorboard.v1.HParamType;
import io.millrace.proto.tensorboard.v1.HParamValue;
import io.millrace.proto.tensorboard.v1.HParamsPluginData;
import io.millrace.proto.tensorboard.v1.MetricInfo;
import io.millrace.proto.tensorboard.v1.MetricName;
import io.millrace.proto.tensorboard.v1.SessionEndInfo;
import io.millrace.proto.tensorboard.v1.SessionStartInfo;
import io.millrace.proto.tensorboard.v1.SessionStatus;
import io.millrace.proto.tensorboard.v1.Summary;
import io.millrace.proto.tensorboard.v1.Summary.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The hyperparameters of a model and the names of its scores, for the plugin {@code hparams}. */
final class Hyperparameters {
  private static final String PLUGIN = "hparams";
  private static final List<String> SECTIONS =
      List.of("network", "training", "rivals", "validation", "callbacks", "drift", "rounds");

  private final Map<String, HParamValue> values = new LinkedHashMap<>();

  /**
   * Takes all numbers, texts and truth values of the sections that say how a model learns, by their
   * paths.
   *
   * @param effective hyperparameters that are shown first, and count where the settings do not name
   *     them
   */
  Hyperparameters(Map<String, Object> settings, Map<String, Object> effective) {
    effective.forEach(this::add);
    for (String section : SECTIONS) {
      if (settings.containsKey(section)) {
        add(section, settings.get(section));
      }
    }
  }

  /**
   * Returns what the tab HPARAMS needs.
   *
   * @param scores the names of the scores to compare models by
   */
  Summary summary(List<String> scores, double seconds) {
    Experiment.Builder experiment = Experiment.newBuilder().setTimeCreatedSecs(seconds);
    values.forEach(
        (name, value) ->
            experiment.addHparamInfos(HParamInfo.newBuilder().setName(name).setType(type(value))));
    scores.forEach(score -> experiment.addMetricInfos(metric(score)));
    return Summary.newBuilder()
        .addValue(
            Values.plugin(
                "_hparams_/experiment",
                PLUGIN,
                HParamsPluginData.newBuilder().setExperiment(experiment).build()))
        .addValue(start(seconds))
        .build();
  }

  /** Returns that the training with these hyperparameters began. */
  Value start(double seconds) {
    SessionStartInfo session =
        SessionStartInfo.newBuilder().putAllHparams(values).setStartTimeSecs(seconds).build();
    return Values.plugin(
        "_hparams_/session_start_info",
        PLUGIN,
        HParamsPluginData.newBuilder().setSessionStartInfo(session).build());
  }

  /** Returns that the training ended. */
  static Value end(SessionStatus status, double seconds) {
    SessionEndInfo session =
        SessionEndInfo.newBuilder().setStatus(status).setEndTimeSecs(seconds).build();
    return Values.plugin(
        "_hparams_/session_end_info",
        PLUGIN,
        HParamsPluginData.newBuilder().setSessionEndInfo(session).build());
  }

  private static MetricInfo metric(String score) {
    String run = Scalars.isHeldOut(score) ? TensorBoardFiles.VALIDATION : TensorBoardFiles.TRAIN;
    return MetricInfo.newBuilder()
        .setName(MetricName.newBuilder().setGroup(run).setTag(Scalars.tag(score)))
        .setDisplayName(score)
        .build();
  }

  private void add(String path, Object value) {
    if (value instanceof Map<?, ?> section) {
      section.forEach((key, inner) -> add(path + "." + key, inner));
    } else if (value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance)) {
      for (int i = 0; i < list.size(); i++) {
        add(path + "[" + i + "]", list.get(i));
      }
    } else if (value instanceof List<?> list) {
      add(path, list.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    } else if (value != null) {
      values.put(path, scalar(value));
    }
  }

  private static HParamValue scalar(Object value) {
    HParamValue.Builder message = HParamValue.newBuilder();
    if (value instanceof Number number) {
      message.setNumberValue(number.doubleValue());
    } else if (value instanceof Boolean flag) {
      message.setBoolValue(flag);
    } else {
      message.setStringValue(value.toString());
    }
    return message.build();
  }

  private static HParamType type(HParamValue value) {
    return switch (value.getKindCase()) {
      case NUMBER_VALUE -> HParamType.DATA_TYPE_FLOAT64;
      case BOOL_VALUE -> HParamType.DATA_TYPE_BOOL;
      default -> HParamType.DATA_TYPE_STRING;
    };
  }
}
