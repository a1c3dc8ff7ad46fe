/** What people see while something goes on. */
@NullMarked
package io.millrace.cli.terminal;

import org.jspecify.annotations.NullMarked;
