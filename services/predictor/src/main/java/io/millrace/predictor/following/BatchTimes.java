package io.millrace.predictor.following;

/**
 * The measurements of one inferred batch.
 *
 * @param rows the number of rows
 * @param calls the number of calls that the rows belong to
 * @param queuedNanos how long the calls waited, summed
 * @param answeredNanos how long the calls took from arrival to answer, summed
 * @param inputNanos how long copying and checking the values took
 * @param inferNanos how long the network ran
 * @param outputNanos how long writing the answers took
 */
public record BatchTimes(
    int rows,
    int calls,
    long queuedNanos,
    long answeredNanos,
    long inputNanos,
    long inferNanos,
    long outputNanos) {}
