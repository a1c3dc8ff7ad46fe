package io.millrace.learning.keras;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model was compiled with, as far as it holds here.
 *
 * @param optimizer as a section of settings; empty where the file has none or the document has its
 *     own
 * @param remarks what was taken from the file and what was passed over, a sentence each
 */
public record KerasCompilation(Map<String, Object> optimizer, List<String> remarks) {
  /** Of a network that comes from no file, or was not compiled. */
  public static final KerasCompilation NONE = new KerasCompilation(Map.of(), List.of());

  public KerasCompilation {
    optimizer = Collections.unmodifiableMap(new LinkedHashMap<>(optimizer));
    remarks = List.copyOf(remarks);
  }
}
