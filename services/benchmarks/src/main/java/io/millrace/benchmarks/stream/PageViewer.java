package io.millrace.benchmarks.stream;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Looks at a trainer's page as a browser does: all of it once, then the stream. */
final class PageViewer {
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicLong bytes = new AtomicLong();
  private final CompletableFuture<?> stream;

  PageViewer(int port) {
    List.of("state", "history", "inspection", "versions").forEach(path -> read(port, path).join());
    stream = read(port, "stream");
  }

  /** Returns how many bytes it has been told. */
  long bytes() {
    return bytes.get();
  }

  /** Returns whether the stream is still open. */
  boolean isOpen() {
    return !stream.isDone();
  }

  private CompletableFuture<?> read(int port, String path) {
    URI uri = URI.create("http://127.0.0.1:%d/api/v1/%s".formatted(port, path));
    return http.sendAsync(
        HttpRequest.newBuilder(uri).build(),
        BodyHandlers.ofByteArrayConsumer(
            part -> part.ifPresent(told -> bytes.addAndGet(told.length))));
  }
}
