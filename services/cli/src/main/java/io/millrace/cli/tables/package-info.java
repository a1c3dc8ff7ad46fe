/** Files of rows, whatever they are written like, in one form for all commands. */
@NullMarked
package io.millrace.cli.tables;

import org.jspecify.annotations.NullMarked;
