package io.millrace.predictor.rest;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The REST paths of models, each with and without a version. */
final class RestPath {
  private static final String MODEL = "/v2/models/:model";

  /** The path of a model, and that of one of its versions. */
  static final List<String> MODELS = List.of(MODEL, MODEL + "/versions/:version");

  private RestPath() {}

  static String model(RoutingContext call) {
    return Objects.requireNonNull(call.pathParam("model"));
  }

  /** Returns the version; empty if the path names none. */
  static String version(RoutingContext call) {
    @Nullable String version = call.pathParam("version");
    return version == null ? "" : version;
  }
}
