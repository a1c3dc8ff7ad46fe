/** The published versions of a model, read and shown. */
@NullMarked
package io.millrace.cli.checkpoints;

import org.jspecify.annotations.NullMarked;
