/**
 * The join itself: a Kafka Streams topology of one processor, the state that it keeps, and how
 * every record ends.
 */
@NullMarked
package io.millrace.joiner.joining;

import org.jspecify.annotations.NullMarked;
