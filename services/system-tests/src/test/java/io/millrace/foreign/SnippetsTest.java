package io.millrace.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.served.LettersModel;
import io.millrace.served.RunningPredictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the programs of the client's README as they stand there, but for the port. */
@Tag("foreign")
class SnippetsTest {
  private static final Path README = Path.of("../client/README.md");
  private static final String SAID = "T from version 1";

  private static RunningPredictor predictor;

  @TempDir private Path folder;

  private ForeignProgram program;

  @BeforeAll
  static void start() throws InterruptedException {
    predictor = new RunningPredictor(LettersModel.NAME, LettersModel.versions());
  }

  @AfterAll
  static void stop() throws InterruptedException {
    predictor.close();
  }

  @BeforeEach
  void prepare() throws IOException {
    program = new ForeignProgram(folder);
    Files.copy(ForeignProgram.PROTOCOL, folder.resolve("grpc_service.proto"));
  }

  @Test
  void java_asInTheReadme_prints() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");

    String quick = "-XX:TieredStopAtLevel=1";
    assertThat(program.run(java, quick, "-cp", classPath, snippet("Ask.java", "java")))
        .contains(SAID);
  }

  @Test
  void python_asInTheReadme_prints() throws Exception {
    program.generatePython();

    assertThat(program.run("/usr/bin/python3", snippet("ask.py", "python"))).contains(SAID);
  }

  @Test
  void node_asInTheReadme_prints() throws Exception {
    program.installNode();

    assertThat(program.run("node", snippet("ask.js", "javascript"))).contains(SAID);
  }

  @Test
  void curl_asInTheReadme_prints() throws Exception {
    assertThat(program.run("bash", snippet("ask.sh", "bash"))).contains(SAID);
  }

  private String snippet(String file, String language) throws IOException {
    Matcher block =
        Pattern.compile("(?s)\n```" + language + "\n(.*?)\n```\n")
            .matcher(Files.readString(README));
    assertThat(block.find()).as(language).isTrue();
    String port = Integer.toString(predictor.port());
    return program.file(file, block.group(1).replace("8080", port) + "\n");
  }
}
