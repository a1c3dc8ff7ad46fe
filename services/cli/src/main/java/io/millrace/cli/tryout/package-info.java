/**
 * The command {@code try}: from a file of rows to a model, its scores beside a baseline, and the
 * next commands.
 */
@NullMarked
package io.millrace.cli.tryout;

import org.jspecify.annotations.NullMarked;
