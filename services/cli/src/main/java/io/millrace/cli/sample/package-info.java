/** A sample of a user's data, and the settings derived from it. */
@NullMarked
package io.millrace.cli.sample;

import org.jspecify.annotations.NullMarked;
