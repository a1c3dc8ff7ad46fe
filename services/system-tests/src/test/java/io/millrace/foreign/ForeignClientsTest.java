package io.millrace.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.quickstart.EchoModel;
import io.millrace.served.RunningPredictor;
import io.millrace.served.Snapshots;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("foreign")
class ForeignClientsTest {
  private static RunningPredictor predictor;

  @TempDir private Path folder;

  private ForeignProgram program;

  @BeforeAll
  static void start() throws InterruptedException {
    predictor = new RunningPredictor(EchoModel.NAME, Snapshots.echoes());
  }

  @AfterAll
  static void stop() throws InterruptedException {
    predictor.close();
  }

  @BeforeEach
  void prepare() {
    program = new ForeignProgram(folder);
  }

  @Test
  void python_clientGeneratedFromTheProtocol_conforms() throws Exception {
    program.generatePython();

    assertThat(program.run("/usr/bin/python3", program.resource("client.py"), port()))
        .endsWith("all passed\n");
  }

  @Test
  void node_clientThatLoadsTheProtocol_conforms() throws Exception {
    program.installNode();

    String protocol = ForeignProgram.PROTOCOL.toString();
    assertThat(program.run("node", program.resource("client.js"), port(), protocol))
        .endsWith("all passed\n");
  }

  @Test
  void curl_restOfTheProtocol_conforms() throws Exception {
    assertThat(program.run("bash", program.resource("client.sh"), port())).endsWith("all passed\n");
  }

  private static String port() {
    return Integer.toString(predictor.port());
  }
}
