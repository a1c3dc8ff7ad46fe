package io.millrace.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.Main;
import io.millrace.crash.JavaProcess;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.quickstart.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of {@code millrace run} in Chromium, with a real broker, and its parts in Node. */
@Tag("foreign")
@Timeout(400)
class PageTest {
  private static final Path SOURCES = Path.of("../page/src/main/resources/io/millrace/page");
  private static final Path SCREENSHOTS = Path.of("target/page-screenshots").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String TOKEN = "b2xkLW1pbGwtcmFjZS10b2tlbg";

  @TempDir private Path folder;

  private ForeignProgram program;
  private @Nullable JavaProcess service;

  @BeforeEach
  void prepare() {
    program = new ForeignProgram(folder);
  }

  @AfterEach
  void end() throws InterruptedException {
    if (service != null) {
      service.kill();
    }
  }

  @Test
  void parts_withoutABrowser_conform() throws Exception {
    Path page = Files.createDirectory(folder.resolve("page"));
    Files.writeString(page.resolve("package.json"), "{\"type\": \"module\"}");
    try (Stream<Path> sources = Files.list(SOURCES)) {
      for (Path source : sources.filter(file -> file.toString().endsWith(".js")).toList()) {
        Files.copy(source, page.resolve(source.getFileName()));
      }
    }

    String said = program.run("node", "--test", program.resource("page.test.mjs"));

    assertThat(said).contains("# fail 0");
  }

  @Test
  void page_whileAModelDrifts_showsItsCourseAndKeepsItOverARestart() throws Exception {
    program.installNode();
    program.resource("pagebrowser.mjs");
    try (EmbeddedBroker broker = EmbeddedBroker.started()) {
      // Given: a service that has nothing to learn yet
      DriftingLetters letters = new DriftingLetters(broker.bootstrapServers());
      letters.create();
      int port = FreePort.find();
      JavaProcess first = start(letters.model(folder, "{port: %d}".formatted(port)), port);
      CompletableFuture<Void> producing = CompletableFuture.runAsync(() -> produce(letters));

      // When, then: the browser's checks
      assertThat(browser("page.mjs", port)).endsWith("all passed\n");
      producing.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

      // When: it comes back, and wants a token now
      first.terminate();
      Path tokens = Path.of(program.file("tokens", "infer looks\nadmin " + TOKEN + "\n"));
      String secured = "{port: %d, authentication: {tokens: '%s'}}".formatted(port, tokens);
      start(letters.model(folder, secured), port);

      // Then
      assertThat(browser("pageagain.mjs", port)).endsWith("all passed\n");
    }
  }

  private String browser(String script, int port) throws IOException, InterruptedException {
    Files.createDirectories(SCREENSHOTS);
    String said =
        program.run(
            "node",
            program.resource(script),
            "http://127.0.0.1:%d/".formatted(port),
            SCREENSHOTS.toString(),
            TOKEN);
    System.out.print(said);
    return said;
  }

  /** Waits for the browser to have seen the empty page. */
  private void produce(DriftingLetters letters) {
    try {
      await(() -> Files.exists(folder.resolve("go")));
      letters.produce();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private JavaProcess start(Path settings, int port) throws Exception {
    Path said = folder.resolve("said.txt");
    JavaProcess started = JavaProcess.started(Main.class, said, "run", "--config", settings);
    service = started;
    await(() -> !started.isAlive() || answers(port));
    assertThat(started.isAlive()).as(Files.readString(said)).isTrue();
    return started;
  }

  private static boolean answers(int port) throws InterruptedException {
    URI probe = URI.create("http://127.0.0.1:%d/livez".formatted(port));
    try {
      HttpClient client = HttpClient.newHttpClient();
      return client
              .send(HttpRequest.newBuilder(probe).build(), BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static void await(Condition condition) throws Exception {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).isLessThan(limit);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /** Something to wait for. */
  private interface Condition {
    boolean holds() throws Exception;
  }
}
