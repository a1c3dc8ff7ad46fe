package io.millrace.learning.kernels;

/** The targets for the gradients of a normalization's scale and offset, {@code [columns]} each. */
public record NormalizationGradient(Buffer scale, Buffer offset) {}
