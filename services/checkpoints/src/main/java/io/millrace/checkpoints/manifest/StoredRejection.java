package io.millrace.checkpoints.manifest;

/**
 * Rejected records with the same problem.
 *
 * @param reason as in the headers of dead letters
 * @param field the field, input or output concerned; empty for the record as a whole
 * @param problem the problem in words, without any value of a record
 * @param records how many records have it
 */
public record StoredRejection(String reason, String field, String problem, long records) {}
