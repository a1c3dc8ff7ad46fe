package io.millrace.cli.tune;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.cli.failures.CommandFailedException;
import io.millrace.tuning.trials.TrialResult;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Shows a search that runs as a page, to browsers on this machine alone. Any thread may add trials;
 * the page is made by the server's thread, when it is asked for.
 */
final class SearchPage implements AutoCloseable {
  private final SearchCharts charts;
  private final int trials;
  private final List<TrialResult> ended = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  /**
   * Opens the page.
   *
   * @param port 0 for any
   * @param trials how many trials the search has, at most
   * @throws CommandFailedException if the port is taken
   */
  SearchPage(int port, SearchCharts charts, int trials) throws IOException {
    this.charts = charts;
    this.trials = trials;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (BindException e) {
      throw new CommandFailedException("--page %d: the port is taken".formatted(port));
    }
    server.createContext("/", this::answer);
    server.start();
  }

  /** Returns where it is. */
  String address() {
    return "http://localhost:%d/".formatted(server.getAddress().getPort());
  }

  /** Adds a trial that has ended. */
  void ended(TrialResult result) {
    ended.add(result);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] page = page().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(200, page.length);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(page);
    }
  }

  private String page() {
    List<TrialResult> now = List.copyOf(ended);
    List<String> lines = new TrialText(charts.monitor()).table(now);
    String title = "%s: %d of %d trials".formatted(charts.model(), now.size(), trials);
    List<String> shown =
        now.isEmpty() ? List.of() : List.of(charts.history(now), charts.coordinates(now));
    return SearchHtml.of(title, shown, lines, true);
  }
}
