/**
 * The learning of a partition's models: a Kafka Streams topology of one processor, and its state.
 */
@NullMarked
package io.millrace.fleet.keyed;

import org.jspecify.annotations.NullMarked;
