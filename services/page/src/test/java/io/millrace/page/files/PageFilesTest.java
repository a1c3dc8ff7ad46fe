package io.millrace.page.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.page.OpenPort;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the page on a real port. */
class PageFilesTest {
  private static final Pattern FILE = Pattern.compile("(?:src|href)=\"(page/[^\"]+)\"");

  private OpenPort port;

  @BeforeEach
  void open() throws Exception {
    port = new OpenPort((router, vertx) -> new PageFiles().mountOn(router));
  }

  @AfterEach
  void close() throws Exception {
    port.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=utf-8",
    "/page/main.js, text/javascript; charset=utf-8",
    "/page/page.css, text/css; charset=utf-8",
    "/page/icon.svg, image/svg+xml",
    "/page/uplot/uPlot.esm.js, text/javascript; charset=utf-8",
    "/page/uplot/uPlot.min.css, text/css; charset=utf-8"
  })
  void get_file_hasItsTypeAndLetsNothingComeFromElsewhere(String path, String type)
      throws Exception {
    HttpResponse<String> answer = port.get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isNotEmpty();
    assertThat(answer.headers().firstValue("content-type")).contains(type);
    assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
    assertThat(answer.headers().firstValue("referrer-policy")).contains("no-referrer");
    assertThat(answer.headers().firstValue("content-security-policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "http");
  }

  @Test
  void get_again_isNotModifiedUnlessTheContentIsAnother() throws Exception {
    String etag = port.get("/page/main.js").headers().firstValue("etag").orElseThrow();

    HttpResponse<String> known = port.get("/page/main.js", "If-None-Match", "\"x\", W/" + etag);
    HttpResponse<String> other = port.get("/page/main.js", "If-None-Match", "\"x\"");

    assertThat(known.statusCode()).isEqualTo(304);
    assertThat(known.body()).isEmpty();
    assertThat(known.headers().firstValue("etag")).contains(etag);
    assertThat(other.statusCode()).isEqualTo(200);
  }

  @Test
  void html_everyFileItNames_isThere() throws Exception {
    String html = port.get("/").body();

    assertThat(FILE.matcher(html).results().map(found -> found.group(1)))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(port.get("/" + file).statusCode()).isEqualTo(200));
    assertThat(html).doesNotContain("http:", "https:", "<style", "style=").contains("<html lang=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/page/absent.js",
        "/page/package-info.class",
        "/page/..%2fpage%2fPage.class",
        "/page/%2e%2e%2f%2e%2e%2flogback.xml",
        "/page/uplot/..%2fLICENSE",
        "/page/uplot/%00.js",
        "/page/.",
        "/page/"
      })
  void get_otherName_isNotFound(String path) throws Exception {
    assertThat(port.get(path).statusCode()).isIn(400, 404);
  }
}
