/** The command {@code status}: what is known of a model now, from its topics and its ports. */
@NullMarked
package io.millrace.cli.status;

import org.jspecify.annotations.NullMarked;
