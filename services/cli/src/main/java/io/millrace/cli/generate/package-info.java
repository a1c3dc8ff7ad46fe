/** The command {@code generate}: streams with known drifts, as rows. */
@NullMarked
package io.millrace.cli.generate;

import org.jspecify.annotations.NullMarked;
