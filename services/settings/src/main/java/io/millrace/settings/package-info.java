/**
 * Validated options. The line that reads an option also names, types, bounds, defaults and explains
 * it. So the settings table, the error messages and the code cannot drift apart.
 */
@NullMarked
package io.millrace.settings;

import org.jspecify.annotations.NullMarked;
