/**
 * The {@code millrace} commands: nothing but wiring, from settings to services and from what they
 * say to what people read.
 */
@NullMarked
package io.millrace.cli;

import org.jspecify.annotations.NullMarked;
