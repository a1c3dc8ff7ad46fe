/** The topics of checkpoints, and Kafka's clients as the contract of checkpoints needs them. */
@NullMarked
package io.millrace.checkpoints.kafka;

import org.jspecify.annotations.NullMarked;
