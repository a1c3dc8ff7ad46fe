package io.millrace.benchmarks.serving;

import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/** Writes settings documents for other processes. */
public final class Yaml {
  private Yaml() {}

  public static String of(Map<String, Object> document) {
    return new Dump(DumpSettings.builder().build()).dumpToString(document);
  }
}
