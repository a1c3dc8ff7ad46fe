/** The records of a stretch of a topic, or of a file, read into memory. */
@NullMarked
package io.millrace.cli.stretch;

import org.jspecify.annotations.NullMarked;
