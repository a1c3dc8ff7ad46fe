package io.millrace.learning;

/**
 * What the policies advise after an evaluation; the loop acts on it.
 *
 * @param stop whether training does not help any more
 * @param learningRate the rate from now on
 */
record TrainingDecision(boolean stop, double learningRate) {}
