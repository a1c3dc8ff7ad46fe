/** The command {@code generate}: streams whose drifts are known, as rows. */
@NullMarked
package io.millrace.cli.generate;

import org.jspecify.annotations.NullMarked;
