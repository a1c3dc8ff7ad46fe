package io.millrace.benchmarks.step;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Starts the workers of both sides. */
final class Workers {
  private final String python = System.getenv().getOrDefault("PYTHON", "python3");
  private final boolean withCompiled;
  private boolean isPytorchMissing;

  /**
   * @param withCompiled whether PyTorch also tries torch.compile
   */
  Workers(boolean withCompiled) {
    this.withCompiled = withCompiled;
  }

  /** Starts a JVM with this process's options. */
  Worker millrace(StepCase step) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(MillraceWorker.class.getName());
    command.addAll(
        List.of(step.network(), String.valueOf(step.rows()), String.valueOf(step.threads())));
    return Worker.start(command, 1);
  }

  /** Starts PyTorch. If it is not installed, reports that once. */
  Optional<Worker> pytorch(StepCase step) throws IOException {
    if (isPytorchMissing) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>(List.of(python, "-c", pytorchProgram()));
    command.addAll(List.of(step.network(), String.valueOf(step.rows())));
    if (withCompiled) {
      command.add("compile");
    }
    try {
      Worker worker = Worker.start(command, step.threads());
      if (!worker.property("mode").isEmpty()) {
        return Optional.of(worker);
      }
      worker.close();
    } catch (IOException cannotStart) {
      System.out.println(cannotStart.getMessage());
    }
    isPytorchMissing = true;
    System.out.println(
        "PyTorch is not installed for " + python + ": the figures are Millrace's alone");
    return Optional.empty();
  }

  private static String pytorchProgram() throws IOException {
    try (InputStream program = Workers.class.getResourceAsStream("pytorch_worker.py")) {
      return new String(Objects.requireNonNull(program).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
