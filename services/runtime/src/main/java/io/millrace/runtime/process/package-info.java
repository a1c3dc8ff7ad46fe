/** A process that runs one service, as the images start it. */
@NullMarked
package io.millrace.runtime.process;

import org.jspecify.annotations.NullMarked;
