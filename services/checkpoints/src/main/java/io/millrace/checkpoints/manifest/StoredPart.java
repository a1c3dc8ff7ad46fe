package io.millrace.checkpoints.manifest;

/**
 * The location of a checkpoint's part on the chunks topic.
 *
 * @param slot the number in its keys; a slot in use is never overwritten
 * @param chunkCount the number of chunks; chunks are numbered from 0
 * @param sizeBytes the size of all chunks together
 * @param sha256 the hash of all chunks together, in hexadecimal digits
 * @param firstChunkOffset the offset where reading starts
 */
public record StoredPart(
    int slot, int chunkCount, long sizeBytes, String sha256, long firstChunkOffset) {}
