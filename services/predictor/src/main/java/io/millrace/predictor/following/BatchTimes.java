package io.millrace.predictor.following;

/**
 * What became of one batch that was inferred.
 *
 * @param rows how many rows it had
 * @param calls how many calls they belonged to
 * @param queuedNanos how long the calls had waited, summed
 * @param answeredNanos how long the calls took from their arrival to their answers, summed
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
