package io.millrace.benchmarks.serving;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Starts the server of PyTorch and grpcio. */
final class PytorchServer {
  private static final Path PROTOCOL = Path.of("proto/src/main/proto/inference/grpc_service.proto");

  private PytorchServer() {}

  /**
   * Starts the server.
   *
   * @param python an interpreter with torch, grpcio and grpcio-tools
   * @param folder the folder for generated files
   * @return the process; empty if the interpreter lacks one of the packages
   */
  static Optional<ServerProcess> start(String python, Path folder, int port, ServedNetwork network)
      throws IOException, InterruptedException {
    if (!generate(python, folder)) {
      return Optional.empty();
    }
    Path program = folder.resolve("pytorch_server.py");
    try (InputStream source =
        Objects.requireNonNull(PytorchServer.class.getResourceAsStream("pytorch_server.py"))) {
      Files.copy(source, program);
    }
    List<String> command =
        new ArrayList<>(
            List.of(python, program.toString(), Integer.toString(port), folder.toString()));
    network.widths().forEach(width -> command.add(width.toString()));
    ServerProcess process = ServerProcess.started(command);
    return process.awaitLine() ? Optional.of(process) : Optional.empty();
  }

  private static boolean generate(String python, Path folder)
      throws IOException, InterruptedException {
    Path protocol = Path.of(System.getProperty("millrace.home", ".")).resolve(PROTOCOL);
    List<String> command =
        List.of(
            python,
            "-m",
            "grpc_tools.protoc",
            "-I" + protocol.getParent(),
            "--python_out=" + folder,
            "--grpc_python_out=" + folder,
            protocol.toString());
    try {
      return new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // no such interpreter
    }
  }
}
