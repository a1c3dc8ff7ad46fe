/**
 * Validated options. Every option is named, typed, bounded, defaulted and explained in the one line
 * that reads it, so that the settings table, the error messages and the code cannot drift apart.
 */
@NullMarked
package io.millrace.settings;

import org.jspecify.annotations.NullMarked;
