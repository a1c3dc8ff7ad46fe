package io.millrace.learning.kernels;

/**
 * The normalization of rows by their own mean and variance, with one scale and one offset per
 * column.
 *
 * @param statistics {@code [n, 2]}; keeps the mean and the inverse deviation of each row for the
 *     gradient
 * @param scale {@code [columns]}
 * @param offset {@code [columns]}
 */
public record RowNormalization(Matrix statistics, float epsilon, Buffer scale, Buffer offset) {}
