/** The command {@code tune}: which settings are best for a model. */
@NullMarked
package io.millrace.cli.tune;

import org.jspecify.annotations.NullMarked;
