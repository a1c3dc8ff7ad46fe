package io.millrace.learning.keras;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.settings.NamedFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Keras files in the test resources. */
final class KerasFiles implements NamedFiles {
  /** Models that both versions of Keras have written, by the kind of their layers. */
  static final List<String> MODELS =
      List.of(
          "series",
          "dense",
          "activations",
          "conv1d",
          "conv2d",
          "depthwise_conv2d",
          "separable_conv1d",
          "separable_conv2d",
          "pooling1d",
          "pooling2d",
          "normalizations",
          "embedding",
          "lstm",
          "gru",
          "bidirectional",
          "noises");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Override
  public Map<String, Object> tree(String name) {
    try (InputStream file = KerasFiles.class.getResourceAsStream("/keras/" + name)) {
      return MAPPER.readerForMapOf(Object.class).readValue(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the path of a file; a packed one is unpacked. */
  @Override
  public Path resolve(String name) {
    URL packed = KerasFiles.class.getResource("/keras/" + name + ".gz");
    try {
      return packed == null
          ? Path.of(Objects.requireNonNull(KerasFiles.class.getResource("/keras/" + name)).toURI())
          : unpacked(packed, name.replace('/', '-'));
    } catch (URISyntaxException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path unpacked(URL packed, String name) throws IOException {
    Path file = Files.createTempFile("keras", name);
    file.toFile().deleteOnExit();
    try (InputStream content = new GZIPInputStream(packed.openStream())) {
      Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }
}
