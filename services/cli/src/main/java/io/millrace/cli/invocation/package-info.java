/** How a command begins and ends: its settings, a stop signal. */
@NullMarked
package io.millrace.cli.invocation;

import org.jspecify.annotations.NullMarked;
