/**
 * The checkpoints of a model on Kafka: their content and encoding, writing one in one transaction,
 * finding the newest, and reading it.
 *
 * <p>There are two compacted topics of one partition each. The chunks topic holds the parts of
 * checkpoints, cut into chunks under keys that are reused in turn. The manifest topic holds, under
 * the model's name, the list of checkpoints with the location of their chunks, and names the one to
 * resume from and the one to serve. A manifest is sent last in the transaction of the chunks that
 * it lists.
 */
@NullMarked
package io.millrace.checkpoints;

import org.jspecify.annotations.NullMarked;
