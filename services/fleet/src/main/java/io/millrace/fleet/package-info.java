/** A fleet: one small model for each key of a topic, learned on Kafka Streams. */
@NullMarked
package io.millrace.fleet;

import org.jspecify.annotations.NullMarked;
