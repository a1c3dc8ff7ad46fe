package io.millrace.learning.evaluation;

/**
 * The policies' advice after an evaluation; the learner acts on it.
 *
 * @param stop whether training no longer improves the model
 * @param learningRate the rate from now on
 */
public record TrainingDecision(boolean stop, double learningRate) {}
