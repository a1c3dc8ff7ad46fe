/** The commands that steer a running trainer, and its events. */
@NullMarked
package io.millrace.cli.steering;

import org.jspecify.annotations.NullMarked;
