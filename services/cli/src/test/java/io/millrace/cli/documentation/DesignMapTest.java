package io.millrace.cli.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.deployment.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The map at the head of the design has every room, and the classes to begin with are in theirs.
 */
class DesignMapTest {
  private static final Path SERVICES = Repository.file("services");
  private static final Pattern STAGE =
      Pattern.compile("(?m)^\\| [^|`]+ \\| (\\[[^|]+) \\| ([^|]+) \\|$");
  private static final Pattern FOLDER = Pattern.compile("\\(([^)]+)\\)");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private final String map = map();

  private static String map() {
    String design = Repository.text("services/DESIGN.md");
    return design.substring(design.indexOf("## The map"), design.indexOf("## The way of a record"));
  }

  @Test
  void classes_toBeginWith_areInTheRoomsBesideThem() {
    List<String> missing =
        STAGE
            .matcher(map)
            .results()
            .flatMap(
                stage -> {
                  List<String> folders = groups(FOLDER, stage.group(1));
                  return groups(CODE, stage.group(2)).stream()
                      .filter(name -> folders.stream().noneMatch(folder -> holds(folder, name)));
                })
            .toList();

    assertThat(STAGE.matcher(map).results()).hasSizeGreaterThanOrEqualTo(9);
    assertThat(missing).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "learning",
        "checkpoints",
        "export",
        "runtime",
        "page",
        "trainer",
        "predictor",
        "joiner",
        "streams",
        "fleet",
        "client",
        "cli",
        "settings"
      })
  void rooms_ofAModule_areThoseOnTheMap(String module) throws IOException {
    Path root = SERVICES.resolve(module + "/src/main/java/io/millrace/" + module);
    List<String> rooms;
    try (Stream<Path> folders = Files.list(root)) {
      rooms = folders.filter(Files::isDirectory).map(DesignMapTest::name).toList();
    }
    String line =
        map.lines()
            .filter(row -> row.startsWith("| [`%s`]".formatted(module)))
            .findAny()
            .orElseThrow();

    assertThat(rooms)
        .allMatch(
            room ->
                line.contains("`%s`".formatted(room))
                    || map.contains("[`%s.%s`]".formatted(module, room)));
  }

  private static String name(Path folder) {
    return folder.getFileName().toString();
  }

  private static boolean holds(String folder, String name) {
    Path root = SERVICES.resolve(folder);
    try (Stream<Path> files = Files.walk(root)) {
      return files.anyMatch(file -> file.endsWith(name + ".java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> groups(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(result -> result.group(1)).toList();
  }
}
