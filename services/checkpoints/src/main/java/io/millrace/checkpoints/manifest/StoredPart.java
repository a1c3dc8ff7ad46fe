package io.millrace.checkpoints.manifest;

/**
 * Where a part of a checkpoint lies on the chunks topic.
 *
 * @param slot the number within its keys; a slot in use is never overwritten
 * @param chunkCount chunks, numbered from 0
 * @param sizeBytes of all chunks together
 * @param sha256 of all chunks together, in hexadecimal digits
 * @param firstChunkOffset where reading starts
 */
public record StoredPart(
    int slot, int chunkCount, long sizeBytes, String sha256, long firstChunkOffset) {}
