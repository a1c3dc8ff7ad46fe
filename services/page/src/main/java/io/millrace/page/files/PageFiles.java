package io.millrace.page.files;

import io.millrace.runtime.http.HttpProblem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the page: {@code /}, {@code /page/NAME} from the resources of this module, and
 * {@code /page/uplot/NAME} from the chart library's jar. They hold nothing of a model and are open
 * to everyone. The browser may load nothing from elsewhere and runs no code within the HTML.
 *
 * <p>Each file is read once, and then answered from memory. Safe for any event loop.
 */
public final class PageFiles {
  private static final Logger LOGGER = LoggerFactory.getLogger(PageFiles.class);
  private static final String OWN = "/io/millrace/page/";
  private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*(\\.[A-Za-z0-9]+)+");
  private static final int NOT_MODIFIED = 304;

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private final Map<String, PageFile> read = new ConcurrentHashMap<>();

  /** Adds the routes. */
  public void mountOn(Router router) {
    router.get("/").handler(call -> answer(call, OWN, "index.html"));
    router.get("/page/:file").handler(call -> answer(call, OWN, call.pathParam("file")));
    router.get("/page/uplot/:file").handler(call -> answer(call, CHARTS, call.pathParam("file")));
  }

  /** Has the browser keep to what this port answers, whatever the answer is. */
  public static void secure(HttpServerResponse response) {
    response
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin");
  }

  private void answer(RoutingContext call, String folder, String name) {
    Optional<PageFile> file = file(folder, name);
    secure(call.response());
    if (file.isEmpty()) {
      new HttpProblem(HttpProblem.NOT_FOUND, "nothing is at " + call.request().path())
          .answer(call.response());
      return;
    }
    answer(call, file.get());
  }

  private static void answer(RoutingContext call, PageFile file) {
    HttpServerResponse response =
        call.response()
            .putHeader(HttpHeaders.ETAG, file.etag())
            .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache"); // kept, and asked for each time
    String known = call.request().getHeader(HttpHeaders.IF_NONE_MATCH);
    if (known != null && file.isKnownBy(known)) {
      response.setStatusCode(NOT_MODIFIED).end().onFailure(PageFiles::unsent);
      return;
    }
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, file.contentType())
        .end(file.content())
        .onFailure(PageFiles::unsent);
  }

  private Optional<PageFile> file(String folder, String name) {
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    String path = folder + name;
    PageFile known = read.get(path);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<PageFile> found = PageFile.type(name).flatMap(type -> load(path, type));
    found.ifPresent(file -> read.put(path, file));
    return found;
  }

  private static Optional<PageFile> load(String path, String type) {
    try (InputStream content = PageFiles.class.getResourceAsStream(path)) {
      return content == null
          ? Optional.empty()
          : Optional.of(PageFile.of(type, content.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void unsent(Throwable failure) {
    LOGGER.debug("The caller left before the answer was sent", failure);
  }
}
