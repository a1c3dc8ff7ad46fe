/** From the rows of a CSV file to records on the topic. */
@NullMarked
package io.millrace.cli.produce;

import org.jspecify.annotations.NullMarked;
