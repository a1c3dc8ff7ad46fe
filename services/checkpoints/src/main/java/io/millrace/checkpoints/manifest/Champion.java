package io.millrace.checkpoints.manifest;

/**
 * Which checkpoint is served once one has been written. Both stay readable, however old they are.
 *
 * @param version the one to serve, maybe the one that is written; 0 for none
 * @param predecessor the one that a rollback goes back to; 0 for none
 */
public record Champion(long version, long predecessor) {}
