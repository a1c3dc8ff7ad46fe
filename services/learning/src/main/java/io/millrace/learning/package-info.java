/**
 * The learning loop. {@link Learner} is where to begin: it trains, evaluates and follows the
 * policies, one decoded record at a time.
 *
 * <p>Nothing here knows Kafka, a clock or a thread. The same records and the same settings always
 * give the same model.
 */
@NullMarked
package io.millrace.learning;

import org.jspecify.annotations.NullMarked;
