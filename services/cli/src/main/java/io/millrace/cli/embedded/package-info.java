/** A trainer and a predictor in the process of a command, and records that are sent to them. */
@NullMarked
package io.millrace.cli.embedded;

import org.jspecify.annotations.NullMarked;
