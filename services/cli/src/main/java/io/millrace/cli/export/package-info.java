/** Files of a version for use outside of Millrace. */
@NullMarked
package io.millrace.cli.export;

import org.jspecify.annotations.NullMarked;
