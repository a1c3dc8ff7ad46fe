/** The pages of the documentation, as the command line shows them. */
@NullMarked
package io.millrace.cli.help;

import org.jspecify.annotations.NullMarked;
