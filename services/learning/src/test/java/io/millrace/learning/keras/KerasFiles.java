package io.millrace.learning.keras;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.settings.NamedFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** Files in the form of Keras 3 among the resources. */
final class KerasFiles implements NamedFiles {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Override
  public Map<String, Object> tree(String name) {
    try (InputStream file = KerasFiles.class.getResourceAsStream("/keras/" + name)) {
      return MAPPER.readerForMapOf(Object.class).readValue(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Path resolve(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(KerasFiles.class.getResource("/keras/" + name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
