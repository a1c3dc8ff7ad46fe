/**
 * Checkpoints of a model and their life on Kafka: what one holds, its bytes, writing it in one
 * transaction, finding the newest and reading it back.
 *
 * <p>Two compacted topics of one partition each. The chunks topic holds the parts of checkpoints,
 * cut into chunks under keys that are used again in turn. The manifest topic holds, under the
 * model's name, which checkpoints there are, where their chunks lie, which to resume from and which
 * to serve. A manifest is sent last in the transaction of the chunks it names.
 */
@NullMarked
package io.millrace.checkpoints;

import org.jspecify.annotations.NullMarked;
