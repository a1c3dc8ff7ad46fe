package io.millrace.learning.kernels;

/**
 * The normalization of columns: {@code (x - mean) / sqrt(variance + epsilon) * scale + offset}.
 *
 * <p>All buffers are {@code [columns]}.
 */
public record ColumnNormalization(
    Buffer mean, Buffer variance, float epsilon, Buffer scale, Buffer offset) {}
