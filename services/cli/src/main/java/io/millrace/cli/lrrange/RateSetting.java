package io.millrace.cli.lrrange;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.invocation.Configuration;
import io.millrace.learning.optimizers.OptimizerDefinition;
import io.millrace.runtime.SettingsFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The learning rate in a settings file. */
final class RateSetting {
  private static final String KEY = "learning_rate";
  private static final String NAME = "training.optimizer." + KEY;

  private final Path file;
  private final SettingsFile settings;

  /**
   * @param settings as they were read from {@code file}
   */
  RateSetting(Path file, SettingsFile settings) {
    this.file = file;
    this.settings = settings;
  }

  Path file() {
    return file;
  }

  /** Returns a rate with at most four digits, as people write it: {@code 0.0021}, {@code 1e-5}. */
  static String text(double rate) {
    BigDecimal digits = new BigDecimal(rate).round(new MathContext(4)).stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    return rate == 0 || (exponent >= -4 && exponent < 6)
        ? digits.toPlainString()
        : digits.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
  }

  /**
   * Requires that the rate is not a schedule.
   *
   * @throws CommandFailedException if it is
   */
  void requireNumber() {
    if (optimizer() instanceof Map<?, ?> optimizer && optimizer.get(KEY) instanceof Map<?, ?>) {
      throw new CommandFailedException(
          "%s of %s is a schedule, which --apply leaves alone: write the suggestion into it by hand"
              .formatted(NAME, file));
    }
  }

  /**
   * Writes a rate into the file, whole or not at all. Comments and layout stay.
   *
   * @param optimizer as it was read; written whole where the file names no options
   * @throws CommandFailedException if that is not safe
   */
  void write(double rate, OptimizerDefinition optimizer) throws IOException {
    String text = changed(rate, optimizer);
    SettingsFile after = SettingsFile.parse(file, text, System.getenv());
    double read =
        after
            .read(Configuration::read)
            .trainer()
            .learner()
            .training()
            .optimizer()
            .schedule()
            .rate(0);
    if (read != rate) {
      throw new CommandFailedException(
          "%s is set by a variable of the environment, which overrides the file; it stays as it is"
              .formatted(NAME));
    }
    replace(text);
  }

  private String changed(double rate, OptimizerDefinition optimizer) {
    boolean hasOptions = optimizer() instanceof Map<?, ?>;
    Object number = new BigDecimal(text(rate));
    Map<String, Object> options = new LinkedHashMap<>(optimizer.options());
    options.put(KEY, number);
    return (hasOptions
            ? settings.textWith(List.of("training", "optimizer", KEY), number)
            : settings.textWith(List.of("training", "optimizer"), options))
        .orElseThrow(
            () ->
                new CommandFailedException(
                    "%s cannot be set in %s without changing anything else: write it by hand"
                        .formatted(NAME, file)));
  }

  private void replace(String text) throws IOException {
    Path real = file.toRealPath(); // a link stays one
    if (!Files.isWritable(real)) {
      throw new CommandFailedException(file + " may not be written; it stays as it is");
    }
    Path next = Files.createTempFile(real.getParent(), real.getFileName().toString(), ".new");
    try {
      Files.writeString(next, text, UTF_8);
      if (Files.getFileAttributeView(real, PosixFileAttributeView.class) != null) {
        Files.setPosixFilePermissions(next, Files.getPosixFilePermissions(real));
      }
      Files.move(next, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  private Object optimizer() {
    Object training = settings.tree().get("training");
    return training instanceof Map<?, ?> section && section.get("optimizer") != null
        ? section.get("optimizer")
        : "";
  }
}
