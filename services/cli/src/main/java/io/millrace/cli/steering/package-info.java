/** The commands that steer a running trainer, and what it tells. */
@NullMarked
package io.millrace.cli.steering;

import org.jspecify.annotations.NullMarked;
