package io.millrace.learning.devices;

/**
 * An NVIDIA GPU.
 *
 * @param major of the compute capability
 * @param minor of the compute capability
 */
record GraphicsCard(String name, int major, int minor) {

  /** Returns the Maven profile whose ND4J has code for this card. */
  String profile() {
    boolean isInBinaries = (major > 3 && major < 9) || (major == 3 && minor >= 7);
    return isInBinaries ? "cuda" : "cuda-ptx";
  }

  @Override
  public String toString() {
    return name + ", compute capability " + major + "." + minor;
  }
}
