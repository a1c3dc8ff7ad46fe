package io.millrace.learning.kernels;

/** Where the gradients of a normalization's scale and offset go, {@code [columns]} each. */
public record NormalizationGradient(Buffer scale, Buffer offset) {}
