package io.millrace.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
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

  /** An index that cannot be reached costs 8 s for each package with pip's five retries. */
  private static final String ONE_RETRY = "1";

  /** Node's packages, which all tests share. */
  private static final Path NODE = Path.of("target/node").toAbsolutePath();

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
    List<String> install = new ArrayList<>(List.of(python, "-m", "pip", "install"));
    install.addAll(List.of("--quiet", "--no-compile", "--retries", ONE_RETRY));
    install.addAll(List.of(packages));
    return ends("/usr/bin/python3", "-m", "venv", "venv") && ends(install.toArray(String[]::new))
        ? Optional.of(python)
        : Optional.empty();
  }

  /** Gives the folder Node's packages, as package-lock.json has them; installed once for all. */
  void installNode() throws IOException, InterruptedException {
    Files.createDirectories(NODE);
    try (FileChannel file = FileChannel.open(NODE.resolve("lock"), CREATE, WRITE);
        FileLock lock = file.lock()) { // tests run in several processes
      assertThat(lock.isValid()).isTrue();
      installSharedNode();
    }
    Files.createSymbolicLink(folder.resolve("node_modules"), NODE.resolve("node_modules"));
  }

  private static void installSharedNode() throws IOException, InterruptedException {
    Path installed = NODE.resolve("installed.json");
    String wanted = text("package-lock.json");
    if (Files.exists(installed) && Files.readString(installed).equals(wanted)) {
      return;
    }
    Files.deleteIfExists(installed);
    Files.writeString(NODE.resolve("package.json"), text("package.json"));
    Files.writeString(NODE.resolve("package-lock.json"), wanted);
    new ForeignProgram(NODE)
        .run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
    Files.writeString(installed, wanted);
  }

  /** Copies a resource into the folder and returns its path. */
  String resource(String name) throws IOException {
    return file(name, text(name));
  }

  private static String text(String resource) throws IOException {
    try (InputStream source = ForeignProgram.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(source, resource).readAllBytes(), UTF_8);
    }
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
    String said = Files.readString(output(), UTF_8);
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
