/** Dead letters: what they are, and how mended ones go back. */
@NullMarked
package io.millrace.cli.letters;

import org.jspecify.annotations.NullMarked;
