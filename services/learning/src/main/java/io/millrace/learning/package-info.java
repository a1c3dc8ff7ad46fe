/**
 * The learning loop. Start with {@link Learner}: it trains, evaluates and follows the policies, one
 * decoded record at a time.
 *
 * <p>Nothing here depends on Kafka, a clock or threads. The same records and the same settings
 * always give the same model.
 */
@NullMarked
package io.millrace.learning;

import org.jspecify.annotations.NullMarked;
