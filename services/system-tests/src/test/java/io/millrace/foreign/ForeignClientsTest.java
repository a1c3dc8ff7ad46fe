package io.millrace.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.echo.EchoPredictor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("foreign")
class ForeignClientsTest {
  private static final Path PROTOCOL = Path.of("../../proto/src/main/proto/inference");

  private static EchoPredictor predictor;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws InterruptedException {
    predictor = new EchoPredictor();
  }

  @AfterAll
  static void stop() throws InterruptedException {
    predictor.close();
  }

  @Test
  void python_clientGeneratedFromTheProtocol_conforms() throws Exception {
    Path protocol = PROTOCOL.toRealPath();
    run(
        "/usr/bin/python3",
        "-m",
        "grpc_tools.protoc",
        "-I" + protocol,
        "--python_out=.",
        "--grpc_python_out=.",
        protocol.resolve("grpc_service.proto").toString());

    assertThat(run("/usr/bin/python3", script("client.py"), port())).endsWith("all passed\n");
  }

  @Test
  void curl_restOfTheProtocol_conforms() throws Exception {
    assertThat(run("bash", script("client.sh"), port())).endsWith("all passed\n");
  }

  private static String port() {
    return Integer.toString(predictor.port());
  }

  private String script(String name) throws IOException {
    Path script = folder.resolve(name);
    try (InputStream source = Objects.requireNonNull(getClass().getResourceAsStream(name))) {
      Files.copy(source, script);
    }
    return script.toString();
  }

  private String run(String... command) throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    String said = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended).as(said).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
