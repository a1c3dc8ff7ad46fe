package io.millrace.benchmarks.step;

import java.util.Locale;

/**
 * The times of a step on both sides.
 *
 * @param pytorchMode the fastest mode of stepping in PyTorch
 */
record Comparison(Sample millrace, Sample pytorch, String pytorchMode) {

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "millrace_us=%.1f pytorch_us=%.1f ratio=%.2f millrace_range=%s pytorch_range=%s"
            + " pytorch_mode=%s",
        millrace.median(),
        pytorch.median(),
        pytorch.median() / millrace.median(),
        millrace.range(),
        pytorch.range(),
        pytorchMode);
  }
}
