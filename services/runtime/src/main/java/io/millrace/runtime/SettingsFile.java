package io.millrace.runtime;

import io.millrace.runtime.YamlDocument.InvalidYamlException;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.NamedFiles;
import io.millrace.settings.Problem;
import io.millrace.settings.Section;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A settings document: a {@linkplain YamlDocument YAML 1.2} file, overridden by {@linkplain
 * EnvironmentOverrides environment variables}.
 */
public final class SettingsFile implements NamedFiles {
  private static final String ARCHIVE = ".keras";
  private static final String ARCHIVED = "config.json";

  private final Path file;
  private final String text;
  private final Map<String, Object> written;
  private final Map<String, Object> document;
  private final EnvironmentOverrides overrides;

  private SettingsFile(
      Path file, String text, Map<String, Object> written, EnvironmentOverrides overrides) {
    this.file = file;
    this.text = text;
    this.written = written;
    this.document = overrides.over(written);
    this.overrides = overrides;
  }

  /**
   * Loads a file.
   *
   * @param environment the process's environment variables
   * @throws InvalidSettingsException if the file cannot be read or is not a settings document
   */
  public static SettingsFile load(Path file, Map<String, String> environment) {
    return parse(file, text(file), environment);
  }

  /**
   * Parses a document.
   *
   * @param file the document's name in messages; relative file names start at its folder
   * @throws InvalidSettingsException if the text is not a settings document
   */
  public static SettingsFile parse(Path file, String text, Map<String, String> environment) {
    EnvironmentOverrides overrides = new EnvironmentOverrides(environment);
    return new SettingsFile(file, text, document(file, text), overrides);
  }

  /** Returns this document with other options; variables of the environment override them. */
  public SettingsFile changed(UnaryOperator<Map<String, Object>> change) {
    return new SettingsFile(file, text, change.apply(written), overrides);
  }

  /**
   * Returns the document as YAML, without what variables of the environment set, which may be
   * secret. The comments of the file are not kept.
   *
   * @param comments by the path of an option, what is written behind it
   */
  public String yaml(Map<String, String> comments) {
    return YamlText.of(written, comments);
  }

  /** Returns the document as it is written, without what variables of the environment set. */
  public Map<String, Object> tree() {
    return Collections.unmodifiableMap(written);
  }

  /**
   * Returns the file's text with one option set. Everything else, comments included, stays as it
   * is.
   *
   * @param path the keys that lead to the option; sections that are missing are inserted
   * @param value a number, a text, a flag, or a map of them
   * @return empty if no such text can be made, as where another option has the value by an alias
   */
  public Optional<String> textWith(List<String> path, Object value) {
    return YamlEdit.set(text, path, value);
  }

  /**
   * Reads the whole document.
   *
   * @param reader reads the options from the root; a key that it does not read is unknown
   * @throws InvalidSettingsException with every problem found
   */
  public <T> T read(Function<Section, T> reader) {
    Section root = Section.root(document, this);
    try {
      T result = reader.apply(root);
      root.finish();
      return result;
    } catch (InvalidSettingsException e) {
      YamlLines lines = YamlDocument.lines(text);
      throw new InvalidSettingsException(
          e.problems().stream().map(problem -> located(problem, lines)).toList());
    }
  }

  /** Adds where the option was set: the variable, or the line of the file. */
  private Problem located(Problem problem, YamlLines lines) {
    Problem named = overrides.named(problem);
    OptionalInt line = lines.lineOf(problem.path());
    return !named.equals(problem) || line.isEmpty()
        ? named
        : new Problem(
            problem.path(),
            "%s (line %d of %s)".formatted(problem.message(), line.getAsInt(), file.getFileName()));
  }

  @Override
  public Path resolve(String name) {
    return file.resolveSibling(name);
  }

  /** Reads a YAML or JSON file, or the configuration in a Keras archive. */
  @Override
  public Map<String, Object> tree(String name) {
    Path named = resolve(name);
    return document(named, name.endsWith(ARCHIVE) ? archivedText(named) : text(named));
  }

  private static String archivedText(Path file) {
    try (ZipFile archive = new ZipFile(file.toFile())) {
      ZipEntry entry = archive.getEntry(ARCHIVED);
      if (entry == null) {
        throw invalid(file + " is an archive without " + ARCHIVED);
      }
      try (InputStream content = archive.getInputStream(entry)) {
        return new String(content.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (NoSuchFileException e) {
      throw invalid(file + " does not exist");
    } catch (IOException e) {
      throw invalid(file + " cannot be read as an archive of Keras: " + e.getMessage());
    }
  }

  private static Map<String, Object> document(Path file, String text) {
    if (!(parse(file, text) instanceof Map<?, ?> map)) {
      throw invalid(file + " holds no settings; allowed: sections and options, `key: value`");
    }
    Map<String, Object> document = new LinkedHashMap<>();
    map.forEach((key, value) -> document.put(String.valueOf(key), value));
    return document;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw invalid(file + " does not exist");
    } catch (CharacterCodingException e) {
      throw invalid(file + " is not a text in UTF-8");
    } catch (IOException e) {
      throw invalid(file + (Files.isDirectory(file) ? " is a folder" : " cannot be read"));
    }
  }

  private static @Nullable Object parse(Path file, String text) {
    try {
      return YamlDocument.read(text);
    } catch (InvalidYamlException e) {
      throw invalid(file + String.valueOf(e.getMessage()));
    }
  }

  private static InvalidSettingsException invalid(String message) {
    return new InvalidSettingsException(List.of(new Problem("", message)));
  }
}
