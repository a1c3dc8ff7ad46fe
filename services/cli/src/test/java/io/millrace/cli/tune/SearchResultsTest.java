package io.millrace.cli.tune;

import static io.millrace.cli.tune.SmallModels.SEARCH;
import static io.millrace.cli.tune.SmallModels.millrace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.CommandRun;
import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.invocation.Configuration;
import io.millrace.learning.policies.Direction;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.tuning.trials.Monitor;
import io.millrace.tuning.trials.TrialResult;
import io.millrace.tuning.trials.TrialResult.Status;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tune} leaves: published models, runs for TensorBoard, and pages. */
class SearchResultsTest {
  private static EmbeddedBroker broker;
  @TempDir private static Path folder;
  private static SmallModels models;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.started();
    models = new SmallModels(folder, broker.bootstrapServers());
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void tune_bestTogether_arePublishedOnceAndCanBeServed() throws Exception {
    // Given
    Path rows = models.rows("mean.csv", 200);
    Path settings = models.settings("mean", SEARCH);
    String[] words = {"--file", rows.toString(), "--trials", "3", "--ensemble", "2"};
    String[] published = with(words, "--publish", "pair");

    // When
    CommandRun first = millrace("tune", settings, published);
    CommandRun again = millrace("tune", settings, published);

    // Then
    assertThat(first.exitCode()).as(first.output()).isZero();
    assertThat(first.output())
        .containsPattern("ensemble of trials \\d, \\d: val_loss")
        .contains("published pair-1, pair-2, each as version 1, on mean.checkpoints");
    assertThat(again.exitCode()).isOne();
    assertThat(again.output()).contains("--publish pair would write the model pair-1, which has");
    String section =
        first
            .output()
            .lines()
            .dropWhile(line -> !line.equals("  serving:"))
            .takeWhile(line -> !line.isEmpty())
            .map(line -> line.substring(2) + "\n")
            .collect(Collectors.joining());
    Files.writeString(settings, section, StandardOpenOption.APPEND);
    assertThat(Configuration.load(settings).predictor().ensembles())
        .extracting(mean -> mean.name() + mean.members())
        .containsExactly("pair[pair-1, pair-2]");
    String member = settingsOf(settings, "pair-2").toString();
    CommandRun retained = CommandRun.of("checkpoints", "list", "--config", member);
    assertThat(retained.output()).contains("val_loss");
  }

  @Test
  void tune_modelsOfFolds_arePublishedWithRunsAndPage() throws Exception {
    Path rows = models.rows("folded.csv", 200);
    Path output = folder.resolve("folded-best.yaml");
    Path runs = folder.resolve("folded-runs");
    Path settings = models.settings("folded", SEARCH + "  validation: kfold\n");
    String[] words = {
      "--file",
      rows.toString(),
      "--trials",
      "2",
      "--ensemble",
      "folds",
      "--publish",
      "fold",
      "--output",
      output.toString(),
      "--tensorboard",
      runs.toString()
    };

    CommandRun run = millrace("tune", settings, words);

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output())
        .contains("'s 3 folds: no record judges their mean, since each was learned by 2 of them")
        .contains("published fold-1, fold-2, fold-3");
    for (String trial : List.of("trial-0", "trial-1")) {
      assertThat(runs.resolve(trial)).isDirectoryContaining("glob:**tfevents*");
    }
    assertThat(Files.readString(folder.resolve("folded-best.yaml.html")))
        .contains("Trials of folded", "Settings of folded", "published fold-1");
  }

  @Test
  void tune_foldsOfAnotherValidation_areRefused() throws Exception {
    CommandRun run =
        millrace(
            "tune", models.settings("unfolded", SEARCH), "--file", "x.csv", "--ensemble", "folds");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.output()).contains("allowed: with search.validation of type kfold");
  }

  @Test
  void page_trialsThatEnded_areShownWhileTheSearchRuns() throws Exception {
    Monitor monitor = new Monitor("val_loss", Direction.MIN);
    HttpClient client = HttpClient.newHttpClient();
    try (SearchPage page = new SearchPage(0, new SearchCharts("a<b", monitor), 5)) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(page.address())).build();

      String before = client.send(request, BodyHandlers.ofString()).body();
      page.ended(trial(Map.of("units", 8)));
      String after = client.send(request, BodyHandlers.ofString()).body();

      assertThat(before).contains("a&lt;b: 0 of 5 trials").doesNotContain("<svg");
      assertThat(after).contains("1 of 5 trials", "<svg", "units", "0.5000");
      assertThatThrownBy(() -> new SearchPage(port(page), new SearchCharts("b", monitor), 5))
          .isInstanceOf(CommandFailedException.class)
          .hasMessageContaining("the port is taken");
    }
  }

  private static String[] with(String[] words, String... more) {
    return Stream.of(words, more).flatMap(Stream::of).toArray(String[]::new);
  }

  private static int port(SearchPage page) {
    return URI.create(page.address()).getPort();
  }

  private static TrialResult trial(Map<String, Object> values) {
    return new TrialResult(
        0, values, Status.DONE, List.of(0.5), 0.5, 0, 0.4, 1, Optional.empty(), 1);
  }

  /** Returns the settings of another model on the same topics. */
  private static Path settingsOf(Path settings, String model) throws IOException {
    String yaml = Files.readString(settings);
    Path file = folder.resolve(model + ".yaml");
    Files.writeString(
        file,
        yaml.replaceFirst(
            "model: (.*)", "model: " + model + "\ncheckpoints: {topic: $1.checkpoints}"));
    return file;
  }
}
