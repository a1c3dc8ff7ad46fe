package io.millrace.learning.kernels;

/**
 * The activations of a recurrent cell; their gradients are ones of the output alone.
 *
 * @param candidate of the candidate, and of the cell on its way out
 * @param gate of the gates
 */
public record CellActivations(Activation candidate, Activation gate) {}
