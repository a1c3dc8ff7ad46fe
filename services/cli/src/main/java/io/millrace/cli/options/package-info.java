/** Options that several commands share, and what they check. */
@NullMarked
package io.millrace.cli.options;

import org.jspecify.annotations.NullMarked;
