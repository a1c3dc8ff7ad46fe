package io.millrace.benchmarks.step;

/**
 * The case to measure.
 *
 * @param network the name in {@code networks.yaml}
 * @param rows the batch size
 * @param threads the threads of the matrix product
 */
record StepCase(String network, int rows, int threads) {

  @Override
  public String toString() {
    return network + " " + rows + " threads=" + threads;
  }
}
