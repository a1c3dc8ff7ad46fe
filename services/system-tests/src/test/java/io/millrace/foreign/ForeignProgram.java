package io.millrace.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs programs of others in a folder that may be thrown away. */
final class ForeignProgram {
  static final Path PROTOCOL =
      Path.of("../../proto/src/main/proto/inference/grpc_service.proto")
          .toAbsolutePath()
          .normalize();

  private static final long PATIENCE_SECONDS = 300;

  private final Path folder;

  ForeignProgram(Path folder) {
    this.folder = folder;
  }

  /** Generates Python's side of the protocol. */
  void generatePython() throws IOException, InterruptedException {
    run(
        "/usr/bin/python3",
        "-m",
        "grpc_tools.protoc",
        "-I" + PROTOCOL.getParent(),
        "--python_out=.",
        "--grpc_python_out=.",
        PROTOCOL.toString());
  }

  /**
   * Returns a Python that has these packages: the system's, or one of an own environment where pip,
   * as it is configured here, can install them; empty if neither has them.
   */
  Optional<String> pythonWith(String... packages) throws IOException, InterruptedException {
    if (ends("/usr/bin/python3", "-c", "import " + String.join(", ", packages))) {
      return Optional.of("/usr/bin/python3");
    }
    String python = folder.resolve("venv/bin/python").toString();
    List<String> install = new ArrayList<>(List.of(python, "-m", "pip", "install", "--quiet"));
    install.addAll(List.of(packages));
    return ends("/usr/bin/python3", "-m", "venv", "venv") && ends(install.toArray(String[]::new))
        ? Optional.of(python)
        : Optional.empty();
  }

  /** Installs Node's gRPC, as package-lock.json has it. */
  void installNode() throws IOException, InterruptedException {
    resource("package.json");
    resource("package-lock.json");
    run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
  }

  /** Copies a resource into the folder and returns its path. */
  String resource(String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream source = Objects.requireNonNull(getClass().getResourceAsStream(name), name)) {
      Files.copy(source, file);
    }
    return file.toString();
  }

  /** Writes a file into the folder and returns its path. */
  String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  /** Runs a command that has to end well, and returns what it said. */
  String run(String... command) throws IOException, InterruptedException {
    Process process = started(command);
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String said = Files.readString(output(), StandardCharsets.UTF_8);
    assertThat(ended).as(said).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  /** Runs a command, and returns whether it ends well. */
  private boolean ends(String... command) throws IOException, InterruptedException {
    Process process = started(command);
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    return ended && process.exitValue() == 0;
  }

  private Process started(String... command) throws IOException {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output().toFile())
        .start();
  }

  private Path output() {
    return folder.resolve("output.txt");
  }
}
