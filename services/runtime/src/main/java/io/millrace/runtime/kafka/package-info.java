/** The way to the broker: where it is, how its clients are set up, and which topics it has. */
@NullMarked
package io.millrace.runtime.kafka;

import org.jspecify.annotations.NullMarked;
