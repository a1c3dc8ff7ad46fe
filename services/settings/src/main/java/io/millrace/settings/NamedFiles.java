package io.millrace.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The files that a settings document may name; relative names start at the document. */
public interface NamedFiles {
  /** The files of a document that is not in a file: none can be read. */
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

  /** Returns where a file is. */
  Path resolve(String name);

  /**
   * Returns the maps, lists, texts and numbers that a file in YAML or JSON holds.
   *
   * @throws InvalidSettingsException where there is no such file, or it holds something else
   */
  Map<String, Object> tree(String name);
}
