/** How a process starts, shows whether it is well, fails, and stops in order. */
@NullMarked
package io.millrace.runtime.lifecycle;

import org.jspecify.annotations.NullMarked;
