package io.millrace.cli;

import io.millrace.checkpoints.Checkpoint;
import io.millrace.cli.checkpoints.PublishedVersions;
import io.millrace.cli.export.ExportedFiles;
import io.millrace.cli.export.Format;
import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.failures.UsageException;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.options.ConfigOption;
import io.millrace.export.ExportedModel;
import io.millrace.export.InexpressibleException;
import io.millrace.export.UnknownRivalException;
import io.millrace.learning.model.Rival;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code export}. */
@Command(
    name = "export",
    description = {
      "Writes a version of the model as a file: of Keras, ONNX, safetensors, or Millrace.",
      "What the file does not say itself is in FILE.preprocessing.json beside it."
    })
final class ExportCommand implements Callable<Integer> {
  private static final List<String> PLACES = List.of("layers", "file");

  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "The version; default: the served one.")
  private @Nullable Long version;

  @Option(
      names = "--rival",
      paramLabel = "NAME",
      description = "The rival, of a model with rivals; default: the one with the largest share.")
  private @Nullable String rival;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description = {
        "keras: an archive that Keras 3 opens; onnx: a graph for ONNX Runtime;",
        "safetensors: weights alone; millrace: all that `import` takes."
      })
  private @Nullable String format;

  @Option(names = "--output", required = true, paramLabel = "FILE", description = "The new file.")
  private @Nullable Path output;

  @Option(names = "--force", description = "Replace the file if it exists.")
  private boolean replaces;

  @Option(
      names = "--preprocessing",
      paramLabel = "PLACE",
      description =
          "Of keras and onnx: layers prepare inputs within the model (default), or a file beside it"
              + " says how.")
  private @Nullable String preprocessing;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  @SuppressWarnings("unused") // --version is an option of its own here, so the mixin is not used
  private boolean isHelpWanted;

  @Override
  public Integer call() throws IOException {
    Path file = Objects.requireNonNull(output);
    Format chosen =
        Format.named(Objects.requireNonNull(format))
            .orElseThrow(
                () ->
                    new UsageException(
                        "--format is %s; allowed: %s".formatted(format, Format.names())));
    requireFit(chosen, file);
    Configuration configuration = config.load();
    ExportedFiles files = new ExportedFiles(file, replaces);
    Checkpoint checkpoint = read(configuration);
    ExportedModel model = model(checkpoint);
    List<String> sentences = written(chosen, files, checkpoint, model, configuration);
    System.out.println(
        "version %d of %s is written to %s: %d parameters"
            .formatted(
                checkpoint.version(),
                checkpoint.model(),
                file,
                (chosen == Format.MILLRACE ? model.whole() : model.definition()).parameterCount()));
    model.rival().ifPresent(exported -> System.out.println("  " + text(chosen, model, exported)));
    sentences.forEach(sentence -> System.out.println("  " + sentence));
    return 0;
  }

  /** Checks the options that go together. Keras opens an archive by its name's ending. */
  private void requireFit(Format chosen, Path file) {
    if (chosen == Format.KERAS && !file.toString().endsWith(".keras")) {
      throw new UsageException(
          "--output is %s; allowed: a name that ends with .keras".formatted(file));
    }
    if (chosen == Format.MILLRACE && rival != null) {
      throw new UsageException("--rival is given; a file of format millrace has all rivals");
    }
    if (chosen != Format.KERAS && chosen != Format.ONNX && preprocessing != null) {
      throw new UsageException("--preprocessing goes with --format keras and --format onnx");
    }
    if (preprocessing != null && !PLACES.contains(preprocessing)) {
      throw new UsageException(
          "--preprocessing is %s; allowed: %s".formatted(preprocessing, String.join(", ", PLACES)));
    }
  }

  private Checkpoint read(Configuration configuration) {
    try (PublishedVersions published = new PublishedVersions(configuration)) {
      return published.read(version);
    }
  }

  private ExportedModel model(Checkpoint checkpoint) {
    try {
      return ExportedModel.of(checkpoint, Optional.ofNullable(rival));
    } catch (UnknownRivalException e) {
      throw new CommandFailedException("there is no rival %s; %s".formatted(rival, e.getMessage()));
    }
  }

  private static String text(Format chosen, ExportedModel model, Rival exported) {
    return chosen == Format.MILLRACE
        ? "all %d rivals are in the file, with their shares"
            .formatted(model.whole().rivals().size())
        : String.format(
            Locale.ROOT,
            "rival %s: its share in the version's answers is %.2f; the other rivals are not in the"
                + " file",
            exported.name(),
            model.share());
  }

  private List<String> written(
      Format chosen,
      ExportedFiles files,
      Checkpoint checkpoint,
      ExportedModel model,
      Configuration configuration)
      throws IOException {
    boolean isInModel = !"file".equals(preprocessing);
    try {
      return switch (chosen) {
        case KERAS ->
            files.writeKeras(
                model,
                model.optimizer(configuration.trainer().learner().training().optimizer()),
                isInModel);
        case ONNX -> files.writeOnnx(model, isInModel);
        case SAFETENSORS -> files.writeSafetensors(model);
        case MILLRACE -> files.writeMillrace(checkpoint);
      };
    } catch (InexpressibleException e) {
      throw new CommandFailedException("format %s: %s".formatted(chosen, e.getMessage()));
    }
  }
}
