/**
 * What a service on Kafka Streams needs besides its topology: its life, the memory of its stores,
 * and what becomes of failures and of refused records.
 */
@NullMarked
package io.millrace.streams;

import org.jspecify.annotations.NullMarked;
