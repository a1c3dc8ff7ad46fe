package io.millrace.checkpoints.manifest;

/**
 * What produced a model. Two models from the same records can differ by any of these:
 * floating-point results depend on the kernels, their threads and the machine.
 *
 * @param millraceVersion the version of the service
 * @param javaVersion the version of the virtual machine
 * @param operatingSystem name, version and architecture
 * @param backend the compute kernels
 * @param threads the number of threads of the kernels
 * @param settingsSha256 the hash of the model's definition and the training settings, in
 *     hexadecimal digits
 * @param traceparent the span that wrote the checkpoint, as W3C's header of that name; empty
 *     without tracing
 */
public record Provenance(
    String millraceVersion,
    String javaVersion,
    String operatingSystem,
    String backend,
    int threads,
    String settingsSha256,
    String traceparent) {

  /** Returns the provenance of models that this process produces. */
  public static Provenance ofThisProcess(
      String millraceVersion, String backend, int threads, String settingsSha256) {
    String operatingSystem =
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch"));
    return new Provenance(
        millraceVersion,
        Runtime.version().toString(),
        operatingSystem,
        backend,
        threads,
        settingsSha256,
        "");
  }

  /** Returns the same provenance, with the span that writes the checkpoint. */
  Provenance tracedBy(String span) {
    return new Provenance(
        millraceVersion, javaVersion, operatingSystem, backend, threads, settingsSha256, span);
  }
}
