/** What the values of features and labels are, and what the two of an example make together. */
@NullMarked
package io.millrace.joiner.merging;

import org.jspecify.annotations.NullMarked;
