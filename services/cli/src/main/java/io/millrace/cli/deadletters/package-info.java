/** Dead letters: what they are, and how mended ones go back. */
@NullMarked
package io.millrace.cli.deadletters;

import org.jspecify.annotations.NullMarked;
