package io.millrace.cli.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Runs {@code kubectl kustomize} on a folder; needs no cluster. */
final class Kustomize {
  private static final long PATIENCE_SECONDS = 60;

  private Kustomize() {}

  /** Returns the objects; empty on a machine without kubectl. */
  static List<Manifest> build(String folder) throws IOException, InterruptedException {
    if (!hasKubectl()) {
      return List.of();
    }
    Process process =
        new ProcessBuilder("kubectl", "kustomize", Repository.file(folder).toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(folder + ": " + output);
    }
    return Manifest.read(folder, output);
  }

  static boolean hasKubectl() {
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(System.getenv().getOrDefault("PATH", ""))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
  }
}
