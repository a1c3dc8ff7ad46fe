package io.millrace.predictor.inference;

import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.following.ServedModels;
import io.millrace.predictor.following.ServedVersions;
import org.jspecify.annotations.Nullable;

/**
 * The shadow: a version that is scored only for the prediction log.
 *
 * @param model empty for the requested model
 * @param version as in {@link ServedVersions#version}
 */
public record Shadow(String model, String version) {

  public static Shadow of(String setting) {
    if (setting.equals(ServedVersions.CHALLENGER) || setting.equals(ServedVersions.LATEST)) {
      return new Shadow("", setting);
    }
    int colon = setting.indexOf(':');
    return colon < 0
        ? new Shadow(setting, "")
        : new Shadow(setting.substring(0, colon), setting.substring(colon + 1));
  }

  /** Returns whether the shadow is a fixed version, and its model does not have it. */
  public boolean isGone(ServedModels models) {
    return !model.isEmpty()
        && !version.isEmpty()
        && Character.isDigit(version.charAt(0))
        && models.versionsOf(model).champion() != null
        && models.versionsOf(model).version(version) == null;
  }

  /** Returns the version to score; null if there is none, or if it is the one that answers. */
  public @Nullable ServedModel of(ServedModels models, ServedModel answering) {
    ServedModel found =
        models.versionsOf(model.isEmpty() ? answering.name() : model).version(version);
    return found == answering ? null : found;
  }
}
