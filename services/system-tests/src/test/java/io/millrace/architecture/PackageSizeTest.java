package io.millrace.architecture;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A package is small enough to be read as a whole, unless it is a catalogue of like things. */
class PackageSizeTest {
  private static final int MOST_FILES = 30;
  private static final Path LEARNING =
      Path.of("..", "learning", "src", "main", "java", "io", "millrace", "learning");
  private static final Set<Path> CATALOGUES =
      Set.of(
          LEARNING.resolve("layers"),
          LEARNING.resolve("losses"),
          LEARNING.resolve("optimizers"),
          LEARNING.resolve("metrics"),
          LEARNING.resolve("features"));

  @Test
  void packages_butTheCatalogues_holdNoMoreThanThirtyFiles() throws IOException {
    Map<Path, Long> files = filesByPackage();

    assertThat(files).containsKeys(CATALOGUES.toArray(Path[]::new));
    files.keySet().removeAll(CATALOGUES);
    assertThat(files)
        .allSatisfy((folder, count) -> assertThat(count).isLessThanOrEqualTo(MOST_FILES));
  }

  /** Returns how many sources each package has; those of tests are packages of their own. */
  private static Map<Path, Long> filesByPackage() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.startsWith(file.subpath(0, 2).resolve("src")))
          .collect(groupingBy(Path::getParent, counting()));
    }
  }
}
