/**
 * The join itself: a Kafka Streams topology of one processor, its state, and the outcomes of
 * records.
 */
@NullMarked
package io.millrace.joiner.joining;

import org.jspecify.annotations.NullMarked;
