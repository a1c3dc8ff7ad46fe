package io.millrace.learning.keras;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The supported part of a model's compile configuration.
 *
 * @param optimizer as a section of settings; empty if the file has none or the document has its own
 * @param remarks one sentence for each value that was taken from the file or skipped
 */
public record KerasCompilation(Map<String, Object> optimizer, List<String> remarks) {
  /** For a network that is not from a file, or whose model was not compiled. */
  public static final KerasCompilation NONE = new KerasCompilation(Map.of(), List.of());

  public KerasCompilation {
    optimizer = Collections.unmodifiableMap(new LinkedHashMap<>(optimizer));
    remarks = List.copyOf(remarks);
  }
}
