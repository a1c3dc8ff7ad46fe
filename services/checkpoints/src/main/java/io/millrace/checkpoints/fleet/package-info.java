/**
 * Checkpoints of a fleet: one small model for each key, each in one record of a compacted topic.
 */
@NullMarked
package io.millrace.checkpoints.fleet;

import org.jspecify.annotations.NullMarked;
