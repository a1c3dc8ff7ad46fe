/** How a process starts, reports its health, fails, and stops in order. */
@NullMarked
package io.millrace.runtime.lifecycle;

import org.jspecify.annotations.NullMarked;
