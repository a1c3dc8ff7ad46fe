/** Access to the broker: its address, the set-up of its clients, and its topics. */
@NullMarked
package io.millrace.runtime.kafka;

import org.jspecify.annotations.NullMarked;
