/**
 * The learning loop and what it is made of. Pure: no Kafka, no clock, no thread of its own, so that
 * the same records and the same settings always give the same model.
 */
@NullMarked
package io.millrace.learning;

import org.jspecify.annotations.NullMarked;
