/** Services on brokers that refuse, break off, delay and restart. */
@NullMarked
package io.millrace.hostile;

import org.jspecify.annotations.NullMarked;
