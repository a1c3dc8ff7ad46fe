package io.millrace.learning.kernels;

/**
 * One step of a gated recurrent unit whose reset gate is applied after the matrix product.
 *
 * <p>K. Cho et al., "Learning Phrase Representations using RNN Encoder-Decoder", 2014. Gates are
 * update, reset, candidate, in this order.
 *
 * @param gates {@code [n, 3 * units]}; the contribution of the input, overwritten by the gates'
 *     outputs
 * @param recurrent {@code [n, 3 * units]}; the contribution of the previous state, kept in the same
 *     layout
 * @param previous {@code [n, units]}
 * @param hidden {@code [n, units]}; result
 */
public record GruCell(Matrix gates, Matrix recurrent, Matrix previous, Matrix hidden) {}
