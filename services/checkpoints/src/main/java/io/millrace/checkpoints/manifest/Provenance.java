package io.millrace.checkpoints.manifest;

/**
 * What made a model. Two models from the same records can differ by any of these: results of
 * floating point arithmetic depend on the kernels, their threads and the machine.
 *
 * @param millraceVersion of the service
 * @param javaVersion of the virtual machine
 * @param operatingSystem name, version and architecture
 * @param backend the kernels that computed
 * @param threads that the kernels used
 * @param settingsSha256 of the model's definition and the training settings, in hexadecimal digits
 */
public record Provenance(
    String millraceVersion,
    String javaVersion,
    String operatingSystem,
    String backend,
    int threads,
    String settingsSha256) {

  /** Returns the provenance of what this virtual machine makes. */
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
        settingsSha256);
  }
}
