/** The {@code millrace} commands. They only wire settings to services, and results to output. */
@NullMarked
package io.millrace.cli;

import org.jspecify.annotations.NullMarked;
