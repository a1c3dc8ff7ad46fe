package io.millrace.learning.evaluation;

/**
 * What the policies advise after an evaluation; the loop acts on it.
 *
 * @param stop whether training does not help any more
 * @param learningRate the rate from now on
 */
public record TrainingDecision(boolean stop, double learningRate) {}
