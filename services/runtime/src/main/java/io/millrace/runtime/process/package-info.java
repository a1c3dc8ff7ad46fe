/** A process that runs one service: what the images start. */
@NullMarked
package io.millrace.runtime.process;

import org.jspecify.annotations.NullMarked;
