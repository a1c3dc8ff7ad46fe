package io.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands {@code help} and {@code completion}, and what is said of misspelt names. */
class HelpTest {
  @TempDir private Path folder;
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @Test
  void help_alone_listsCommandsAndTopics() {
    assertThat(execute("help")).isZero();

    assertThat(output.toString())
        .contains("  predict  ", "  your-data  ", "from a file or a topic to settings");
  }

  @ParameterizedTest
  @CsvSource({
    "help predict, Usage: millrace predict",
    "help checkpoints list, Usage: millrace checkpoints list",
    "help your-data, # Your own data"
  })
  void help_ofACommandOrTopic_showsIt(String command, String text) {
    assertThat(execute(command.split(" "))).isZero();

    assertThat(output.toString()).contains(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "help predit | no topic predit; did you mean predict?",
        "help your-daat | did you mean your-data?",
        "help nonsense | `millrace help` lists them",
        "prodcue --config x.yaml | millrace has no command prodcue; did you mean produce?",
        "checkpoints lst | millrace checkpoints has no command lst; did you mean list?",
        "frobnicate | millrace: millrace has no command frobnicate",
        "watch --confg x.yaml | millrace watch has no option --confg; did you mean --config?",
        "watch --config x.yaml --jsn=1 | no option --jsn; did you mean --json?",
        "watch --config x.yaml letters | millrace watch takes no 'letters' here",
        "train | Missing required option: '--config=FILE'"
      })
  void usage_misspelt_saysWhatIsMeant(String command, String message) {
    assertThat(execute(command.split(" "))).isEqualTo(2);

    assertThat(errors.toString()).contains(message).contains("Try `millrace");
    assertThat(errors.toString().lines().count()).isEqualTo(2);
  }

  @Test
  void usage_noCommand_listsThem() {
    assertThat(execute("checkpoints")).isEqualTo(2);

    assertThat(errors.toString()).contains("Usage: millrace checkpoints", "list", "show");
  }

  @Test
  void completion_sourcedByBash_completesCommandsAndOptions() throws Exception {
    // Given
    assertThat(execute("completion")).isZero();
    Path script = Files.writeString(folder.resolve("completion"), output.toString());

    // When, Then
    assertThat(complete(script, "prod")).contains("produce");
    assertThat(complete(script, "predict", "--js")).contains("--json");
  }

  /** Returns what bash offers for the last word. */
  private static String complete(Path script, String... words) throws Exception {
    String program =
        """
        set -e
        source "$1"
        shift
        compopt() { :; } # works in bash's own completion only
        COMP_WORDS=(millrace "$@")
        COMP_CWORD=$#
        COMP_LINE="millrace $*"
        COMP_POINT=${#COMP_LINE}
        _complete_millrace
        echo "${COMPREPLY[@]}"
        """;
    List<String> command =
        new ArrayList<>(List.of("bash", "-c", program, "bash", script.toString()));
    command.addAll(List.of(words));
    Process bash = new ProcessBuilder(command).redirectErrorStream(true).start();
    String shown = new String(bash.getInputStream().readAllBytes(), UTF_8);
    assertThat(bash.waitFor()).as(shown).isZero();
    return shown;
  }

  private int execute(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(output, true))
        .setErr(new PrintWriter(errors, true))
        .execute(arguments);
  }
}
