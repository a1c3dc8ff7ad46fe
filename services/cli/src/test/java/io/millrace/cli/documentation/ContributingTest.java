package io.millrace.cli.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.deployment.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The lists of files that a new layer, command and so on touch are true: those that name an
 * existing one are the listed ones.
 */
class ContributingTest {
  private static final Pattern RECIPE =
      Pattern.compile("(?ms)^### ([^\\n]+)\\n\\nExample: ([^\\n]+)\\n(.*?)(?=^##|\\z)");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern FILE = Pattern.compile("\\[[^\\]]+]\\(([^)]+)\\)");
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*");

  /** Modules whose sources are no part of the services. */
  private static final Set<String> ASIDE = Set.of("benchmarks", "quickstart", "system-tests");

  /** A list, and the words by which its example is named. */
  record Recipe(String title, List<String> words, List<String> files) {
    static Recipe of(MatchResult found) {
      return new Recipe(found.group(1), groups(CODE, found.group(2)), filesOf(found.group(3)));
    }

    private static List<String> filesOf(String text) {
      return text.lines()
          .takeWhile(Recipe::isListed)
          .flatMap(line -> groups(FILE, line).stream())
          .toList();
    }

    private static boolean isListed(String line) {
      return line.isEmpty() || line.startsWith("- ") || line.startsWith("  ");
    }

    boolean isNamedIn(Path file) {
      return words.stream().anyMatch(word -> isIn(word, code(file)));
    }

    private static boolean isIn(String word, String code) {
      return Pattern.compile("(?<!\\w)" + Pattern.quote(word) + "(?!\\w)").matcher(code).find();
    }

    @Override
    public String toString() {
      return title;
    }
  }

  static List<Recipe> recipes() {
    return RECIPE.matcher(Repository.text("CONTRIBUTING.md")).results().map(Recipe::of).toList();
  }

  @Test
  void recipes_areThere() {
    assertThat(recipes())
        .extracting(Recipe::title)
        .contains(
            "A layer",
            "An optimizer",
            "A metric",
            "A record format",
            "A command",
            "A drift detector");
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void recipe_sourcesThatNameTheExample_areThoseListed(Recipe recipe) throws IOException {
    List<String> named =
        sources().filter(recipe::isNamedIn).map(ContributingTest::name).sorted().toList();

    assertThat(recipe.files().stream().filter(file -> file.contains("/src/main/")))
        .containsExactlyInAnyOrderElementsOf(named);
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void recipe_testsListed_coverTheExample(Recipe recipe) {
    List<String> tests =
        recipe.files().stream().filter(file -> file.contains("/src/test/")).toList();

    assertThat(tests)
        .isNotEmpty()
        .allMatch(
            file -> {
              String text = Repository.text(file).toLowerCase(Locale.ROOT);
              return recipe.words().stream()
                  .anyMatch(word -> text.contains(word.toLowerCase(Locale.ROOT)));
            });
  }

  private static Stream<Path> sources() throws IOException {
    List<Path> roots;
    try (Stream<Path> modules = Files.list(Repository.file("services"))) {
      roots =
          modules
              .filter(module -> !ASIDE.contains(module.getFileName().toString()))
              .map(module -> module.resolve("src/main/java"))
              .filter(Files::isDirectory)
              .toList();
    }
    return Stream.concat(roots.stream(), Stream.of(Repository.file("proto/src/main/proto")))
        .flatMap(root -> filesIn(root).stream());
  }

  private static List<Path> filesIn(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().matches(".*\\.(java|proto)")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String code(Path file) {
    return COMMENT.matcher(Repository.text(name(file))).replaceAll("");
  }

  private static String name(Path file) {
    return Repository.file("").relativize(file).toString();
  }

  private static List<String> groups(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(result -> result.group(1)).toList();
  }
}
