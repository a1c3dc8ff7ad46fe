/** Dead letters: what they are, and how fixed ones are put back. */
@NullMarked
package io.millrace.cli.deadletters;

import org.jspecify.annotations.NullMarked;
