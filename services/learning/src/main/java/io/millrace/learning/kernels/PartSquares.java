package io.millrace.learning.kernels;

/**
 * A range of the gradients whose values are sums of parts, with the sums of the parts' squares.
 *
 * @param offset where the range begins in the vector of gradients
 * @param squares as long as the range
 */
public record PartSquares(int offset, Buffer squares) {}
