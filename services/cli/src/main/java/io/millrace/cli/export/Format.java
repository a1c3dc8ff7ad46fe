package io.millrace.cli.export;

import java.util.Locale;

/** The formats of files. */
public enum Format {
  KERAS,
  SAFETENSORS;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
