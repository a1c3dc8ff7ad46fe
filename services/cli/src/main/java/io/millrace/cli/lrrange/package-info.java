/** {@code millrace lr-range}: suggesting a learning rate. */
@NullMarked
package io.millrace.cli.lrrange;

import org.jspecify.annotations.NullMarked;
