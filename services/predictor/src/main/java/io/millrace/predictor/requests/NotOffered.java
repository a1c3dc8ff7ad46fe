package io.millrace.predictor.requests;

import io.millrace.runtime.http.HttpProblem;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of Triton's extensions [1] that this server does not offer. They are refused with a
 * reason: an answer that ignored them would look as if they had been applied.
 *
 * <p>[1] Model repository, shared memory, trace, logging and sequence extensions,
 * triton-inference-server/server.
 */
public final class NotOffered {
  private static final String LOADING =
      "models are not loaded and unloaded on request; this server serves what their trainers publish";
  private static final String SHARED_MEMORY =
      "shared memory is not offered; expected the contents in the request and the answer";
  private static final String TRACING = "trace settings are not offered";
  private static final String LOGGING = "log settings are not offered";
  private static final String CLOSED =
      "what is served and how it is used is not told; serving.admin allows it";
  private static final String SEQUENCES =
      "sequences are not offered; a model keeps nothing from one request to the next";

  private static final Map<String, String> METHODS =
      Map.ofEntries(
          Map.entry("RepositoryIndex", CLOSED),
          Map.entry("ModelStatistics", CLOSED),
          Map.entry("RepositoryModelLoad", LOADING),
          Map.entry("RepositoryModelUnload", LOADING),
          Map.entry("SystemSharedMemoryStatus", SHARED_MEMORY),
          Map.entry("SystemSharedMemoryRegister", SHARED_MEMORY),
          Map.entry("SystemSharedMemoryUnregister", SHARED_MEMORY),
          Map.entry("CudaSharedMemoryStatus", SHARED_MEMORY),
          Map.entry("CudaSharedMemoryRegister", SHARED_MEMORY),
          Map.entry("CudaSharedMemoryUnregister", SHARED_MEMORY),
          Map.entry("TraceSetting", TRACING),
          Map.entry("LogSettings", LOGGING));

  private static final Map<String, String> PARAMETERS =
      Map.of(
          "shared_memory_region", SHARED_MEMORY,
          "shared_memory_byte_size", SHARED_MEMORY,
          "shared_memory_offset", SHARED_MEMORY,
          "sequence_id", SEQUENCES,
          "sequence_start", SEQUENCES,
          "sequence_end", SEQUENCES);

  private static final Map<String, List<String>> PATHS =
      Map.of(
          LOADING,
              List.of("/v2/repository/models/:model/load", "/v2/repository/models/:model/unload"),
          SHARED_MEMORY, List.of("/v2/systemsharedmemory/*", "/v2/cudasharedmemory/*"),
          TRACING, List.of("/v2/trace/setting", "/v2/models/:model/trace/setting"),
          LOGGING, List.of("/v2/logging"));

  private NotOffered() {}

  /**
   * Returns why a gRPC method is not offered.
   *
   * @param fullName the service, a slash and the method
   */
  public static Refusal method(String fullName) {
    String reason = METHODS.get(fullName.substring(fullName.lastIndexOf('/') + 1));
    return Refusal.unimplemented(
        reason == null ? "this server has no method " + Shortened.of(fullName) : reason);
  }

  /**
   * Returns why a parameter is refused.
   *
   * @param whose what carries the parameter, such as a tensor
   * @param known the known parameters, for people
   */
  public static String parameter(String whose, String name, String known) {
    @Nullable String reason = PARAMETERS.get(name);
    return reason == null
        ? "%s has an unknown parameter '%s'; expected %s"
            .formatted(whose, Shortened.of(name), known)
        : "%s has the parameter '%s', but %s".formatted(whose, name, reason);
  }

  /** Adds the REST paths of these extensions. */
  public static void mountOn(Router router) {
    PATHS.forEach(
        (reason, paths) -> paths.forEach(path -> router.route(path).handler(refusal(reason))));
  }

  private static Handler<RoutingContext> refusal(String reason) {
    HttpProblem problem = new HttpProblem(HttpProblem.BAD_REQUEST, reason);
    return call -> problem.answer(call.response());
  }
}
