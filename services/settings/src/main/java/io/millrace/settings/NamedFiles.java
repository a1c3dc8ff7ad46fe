package io.millrace.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The files that a settings document may name. Relative names start at the document's folder. */
public interface NamedFiles {
  /** The files of a document without a file: none can be read. */
  NamedFiles NONE =
      new NamedFiles() {
        @Override
        public Path resolve(String name) {
          return Path.of(name);
        }

        @Override
        public Map<String, Object> tree(String name) {
          throw new InvalidSettingsException(
              List.of(new Problem("", "names the file " + name + ", but none can be read here")));
        }
      };

  /** Returns the path of a file. */
  Path resolve(String name);

  /**
   * Returns the content of a YAML or JSON file: maps, lists, texts, numbers and booleans.
   *
   * @throws InvalidSettingsException if there is no such file, or it holds something else
   */
  Map<String, Object> tree(String name);
}
