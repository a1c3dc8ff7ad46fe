package io.millrace.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveDisplayTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  @Test
  void show_noTerminal_addsPlainLines() {
    // Given
    LiveDisplay display = new LiveDisplay(out, false);

    // When
    display.show(List.of("block"), "one");
    display.show(List.of("block"), "two");
    display.print(List.of("done"));

    // Then
    assertThat(bytes.toString(UTF_8).lines()).containsExactly("one", "two", "done");
  }

  @Test
  void show_terminal_drawsOverTheBlockBefore() {
    // Given
    LiveDisplay display = new LiveDisplay(out, true);
    display.show(List.of("a", "b"), "plain");
    bytes.reset();

    // When
    display.show(List.of("c", "d"), "plain");

    // Then
    assertThat(bytes.toString(UTF_8))
        .isEqualTo("\u001b[2A\u001b[?7lc\u001b[K\nd\u001b[K\n\u001b[?7h");
  }

  @Test
  void print_shorterThanTheBlock_leavesNothingOfIt() {
    // Given
    LiveDisplay display = new LiveDisplay(out, true);
    display.show(List.of("a", "b", "c"), "plain");
    bytes.reset();

    // When
    display.print(List.of("done"));
    display.show(List.of("next"), "plain");

    // Then
    assertThat(bytes.toString(UTF_8))
        .isEqualTo(
            "\u001b[3A\u001b[?7ldone\u001b[K\n\u001b[?7h\u001b[J\u001b[?7lnext\u001b[K\n\u001b[?7h");
  }
}
