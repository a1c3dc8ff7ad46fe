/** Reads a topic from the command line, up to its end when the command started. */
@NullMarked
package io.millrace.cli.topics;

import org.jspecify.annotations.NullMarked;
