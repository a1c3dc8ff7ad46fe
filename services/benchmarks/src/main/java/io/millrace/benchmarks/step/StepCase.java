package io.millrace.benchmarks.step;

/**
 * What is timed.
 *
 * @param network name in {@code networks.yaml}
 * @param rows of a batch
 * @param threads of the matrix product
 */
record StepCase(String network, int rows, int threads) {

  @Override
  public String toString() {
    return network + " " + rows + " threads=" + threads;
  }
}
