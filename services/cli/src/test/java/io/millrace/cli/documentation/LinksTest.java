package io.millrace.cli.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.deployment.Repository;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every link within the repository leads somewhere, and the README stays short. */
class LinksTest {
  private static final int README_BYTES = 12_288;

  static Stream<Path> documents() {
    return Documents.all().stream()
        .map(document -> Repository.file("").relativize(document.file()));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void links_ofADocument_resolve(Path name) {
    Document document = Document.read(Repository.file(name.toString()));

    assertThat(document.links()).as("links of %s", name).allMatch(document::resolves);
  }

  @Test
  void resolves_noFileOrNoHeading_doesNot() {
    Document readme = Document.read(Repository.file("README.md"));

    assertThat(List.of("LICENSE", "#first-commands", "services/DESIGN.md#brokers"))
        .allMatch(readme::resolves);
    assertThat(List.of("LICENCE", "#three-commands", "services/DESIGN.md#no-such"))
        .noneMatch(readme::resolves);
  }

  @Test
  void readme_isShort() {
    assertThat(Repository.file("README.md").toFile().length()).isLessThanOrEqualTo(README_BYTES);
  }

  @Test
  void index_namesEveryPage() {
    Document index = Document.read(Repository.file("services/docs/README.md"));

    List<String> pages =
        Documents.all().stream()
            .map(Document::file)
            .filter(file -> file.getParent().endsWith("services/docs"))
            .map(file -> file.getFileName().toString())
            .filter(name -> !name.equals("README.md"))
            .toList();

    assertThat(index.links()).containsAll(pages);
  }
}
