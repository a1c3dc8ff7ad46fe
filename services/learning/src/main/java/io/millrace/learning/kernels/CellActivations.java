package io.millrace.learning.kernels;

/**
 * The activations of a recurrent cell. Their gradients need only the output.
 *
 * @param candidate of the candidate, and of the cell state where it becomes the output
 * @param gate of the gates
 */
public record CellActivations(Activation candidate, Activation gate) {}
