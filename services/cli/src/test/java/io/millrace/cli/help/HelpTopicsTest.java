package io.millrace.cli.help;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HelpTopicsTest {
  @Test
  void all_areThePagesOfTheIndex() {
    assertThat(HelpTopics.all())
        .containsEntry("serving", "routing, shadows, ensembles, the prediction log")
        .containsKeys("your-data", "settings", "command-line")
        .allSatisfy((name, about) -> assertThat(HelpTopics.page(name)).as(name).isPresent());
  }

  @Test
  void page_ofATopic_isItsTextWithoutTargetsOfLinks() {
    String page = HelpTopics.page("your-data").orElseThrow();

    assertThat(page)
        .startsWith("# Your own data")
        .contains("a model of Keras")
        .doesNotContain("](");
  }

  @Test
  void page_noSuchTopic_isEmpty() {
    assertThat(HelpTopics.page("README")).isEmpty();
    assertThat(HelpTopics.page("../Main")).isEmpty();
  }
}
