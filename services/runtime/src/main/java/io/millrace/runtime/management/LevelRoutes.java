package io.millrace.runtime.management;

import ch.qos.logback.classic.Level;
import io.millrace.runtime.LogKeys;
import io.millrace.runtime.LogText;
import io.millrace.runtime.http.BodyReader;
import io.millrace.runtime.http.HttpProblem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /api/v1/loggers} and {@code /api/v1/loggers/NAME}: GET answers the levels, PUT with {@code
 * {"level":"DEBUG"}} changes one, DELETE gives back the level of the start. Without a name it is
 * the level of all. Who may do so is decided before; each change is logged with its caller. On the
 * router's event loops.
 */
final class LevelRoutes {
  private static final Logger LOGGER = LoggerFactory.getLogger(LevelRoutes.class);
  private static final String PATH = "/api/v1/loggers";
  private static final int MOST_BYTES = 1000;

  private final LogLevels levels;
  private final ManagementAccess access;
  private final BodyReader bodies;

  /**
   * @param access names callers
   * @param failures receives unforeseen failures
   */
  LevelRoutes(LogLevels levels, ManagementAccess access, Consumer<Throwable> failures) {
    this.levels = levels;
    this.access = access;
    this.bodies = new BodyReader(MOST_BYTES, "the most that a level needs", failures);
  }

  void mountOn(Router router) {
    router.get(PATH).handler(this::list);
    for (String path : new String[] {PATH, PATH + "/:name"}) {
      router.put(path).handler(this::change);
      router.delete(path).handler(this::reset);
    }
  }

  private void list(RoutingContext context) {
    JsonObject loggers = new JsonObject();
    levels.ofEach().forEach(loggers::put);
    answer(
        context,
        new JsonObject().put("levels", new JsonArray(LogLevels.NAMES)).put("loggers", loggers));
  }

  private void change(RoutingContext context) {
    HttpServerRequest request = context.request();
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !type.startsWith("application/json")) {
      new HttpProblem(
              HttpProblem.UNSUPPORTED_MEDIA_TYPE,
              "a level comes as application/json: " + expected())
          .answer(request.response());
      return;
    }
    bodies.read(
        request,
        body -> change(context, level(body)),
        problem -> problem.answer(request.response()));
  }

  private void change(RoutingContext context, @Nullable Level level) {
    if (level == null) {
      refuse(context, HttpProblem.BAD_REQUEST, "the body is no level; allowed: " + expected());
    } else if (isKnown(context)) {
      levels.set(name(context), level);
      done(context, level.levelStr);
    }
  }

  private void reset(RoutingContext context) {
    if (isKnown(context)) {
      done(context, levels.reset(name(context)));
    }
  }

  private boolean isKnown(RoutingContext context) {
    boolean known = levels.has(name(context));
    if (!known) {
      refuse(
          context,
          HttpProblem.NOT_FOUND,
          "nothing logs under that name so far; allowed: a class or a package that does, such as"
              + " io.millrace, or no name");
    }
    return known;
  }

  private void done(RoutingContext context, String level) {
    HttpServerRequest request = context.request();
    String name = name(context);
    access
        .by(LOGGER.atInfo(), request.headers(), request.connection())
        .addKeyValue(LogKeys.LOGGER, LogText.of(name))
        .addKeyValue(LogKeys.LEVEL, level)
        .log("Log level changed");
    answer(context, new JsonObject().put("logger", name).put("level", level));
  }

  private static @Nullable Level level(byte[] body) {
    try {
      Object level = new JsonObject(Buffer.buffer(body)).getValue("level");
      return level instanceof String name ? LogLevels.level(name) : null;
    } catch (DecodeException e) {
      return null;
    }
  }

  private static String expected() {
    return "{\"level\": L}, where L is one of " + String.join(", ", LogLevels.NAMES);
  }

  private static String name(RoutingContext context) {
    String name = context.pathParam("name");
    return name == null ? LogLevels.ROOT : name;
  }

  private static void refuse(RoutingContext context, int status, String message) {
    new HttpProblem(status, message).answer(context.response());
  }

  private static void answer(RoutingContext context, JsonObject body) {
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(body.toBuffer())
        .onFailure(failure -> LOGGER.debug("The caller left before the answer was sent", failure));
  }
}
