package io.millrace.checkpoints.manifest;

/**
 * The checkpoint that is served, and its predecessor. Both stay readable regardless of their age.
 *
 * @param version the version to serve, which may be the one being written; 0 for none
 * @param predecessor the version that a rollback restores; 0 for none
 */
public record Champion(long version, long predecessor) {}
