/** The topics of checkpoints, and Kafka clients with the properties that checkpoints rely on. */
@NullMarked
package io.millrace.checkpoints.kafka;

import org.jspecify.annotations.NullMarked;
