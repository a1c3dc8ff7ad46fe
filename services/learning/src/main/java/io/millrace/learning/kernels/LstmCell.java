package io.millrace.learning.kernels;

/**
 * One step of a long short-term memory.
 *
 * <p>S. Hochreiter, J. Schmidhuber, "Long Short-Term Memory", 1997, with the forget gate of F. A.
 * Gers et al., 2000. Gates are input, forget, candidate, output, in this order.
 *
 * @param gates {@code [n, 4 * units]}; the inputs of the gates, overwritten by their outputs in a
 *     layout private to the kernels
 * @param previousCell {@code [n, units]}
 * @param cell {@code [n, units]}; result
 * @param activatedCell {@code [n, units]}; result
 * @param hidden {@code [n, units]}; result
 */
public record LstmCell(
    Matrix gates, Matrix previousCell, Matrix cell, Matrix activatedCell, Matrix hidden) {}
