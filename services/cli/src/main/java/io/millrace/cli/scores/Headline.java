package io.millrace.cli.scores;

/**
 * One number for how good a model is.
 *
 * @param metric {@code accuracy} for classes, {@code r2} for numbers
 * @param value the model's
 * @param baseline that of always answering the most frequent class, or the mean
 */
public record Headline(String metric, double value, double baseline) {}
