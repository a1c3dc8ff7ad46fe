/** Commands to a running trainer, and what becomes of them. */
@NullMarked
package io.millrace.steering;

import org.jspecify.annotations.NullMarked;
