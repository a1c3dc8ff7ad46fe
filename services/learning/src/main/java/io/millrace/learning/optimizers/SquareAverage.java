package io.millrace.learning.optimizers;

/**
 * A slot that averages squared gradients: {@code slot = kept * slot + share * gradient²}.
 *
 * @param slot its index
 */
record SquareAverage(int slot, double kept, double share) {}
