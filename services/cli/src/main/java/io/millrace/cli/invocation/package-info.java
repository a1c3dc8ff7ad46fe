/** What a command begins with and how it ends: its settings, a stop signal, a failure. */
@NullMarked
package io.millrace.cli.invocation;

import org.jspecify.annotations.NullMarked;
