/** From the bytes of a file to rows of cells, as they stand there. */
@NullMarked
package io.millrace.cli.tables.rows;

import org.jspecify.annotations.NullMarked;
