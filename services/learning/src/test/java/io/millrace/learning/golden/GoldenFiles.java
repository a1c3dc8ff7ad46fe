package io.millrace.learning.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads golden files: those of the test resources, and those of the folder in the system property
 * {@code golden.dir}.
 */
final class GoldenFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private GoldenFiles() {}

  /** Returns the cases of all files. */
  static Stream<JsonNode> cases() {
    return files().stream().flatMap(file -> casesOf(file).stream());
  }

  private static List<Path> files() {
    List<Path> files = new ArrayList<>(filesIn(resources()));
    String further = System.getProperty("golden.dir");
    if (further != null) {
      files.addAll(filesIn(Path.of(further)));
    }
    return files;
  }

  private static List<Path> filesIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path resources() {
    try {
      return Path.of(GoldenFiles.class.getResource("/golden").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<JsonNode> casesOf(Path file) {
    try {
      JsonNode cases = JSON.readTree(file.toFile()).path("cases");
      return StreamSupport.stream(cases.spliterator(), false).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
