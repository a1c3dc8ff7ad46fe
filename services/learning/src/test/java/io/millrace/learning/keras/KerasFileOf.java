package io.millrace.learning.keras;

import io.millrace.settings.NamedFiles;
import java.nio.file.Path;
import java.util.Map;

/** A model in the place of every file. */
record KerasFileOf(Map<String, Object> model) implements NamedFiles {

  @Override
  public Path resolve(String name) {
    return Path.of(name);
  }

  @Override
  public Map<String, Object> tree(String name) {
    return model;
  }
}
