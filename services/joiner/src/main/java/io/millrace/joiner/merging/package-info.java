/** The formats of features and labels, and how the two of an example are merged. */
@NullMarked
package io.millrace.joiner.merging;

import org.jspecify.annotations.NullMarked;
