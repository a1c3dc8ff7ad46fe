/** How labels of numbers are scaled in training, and predictions put back into their units. */
@NullMarked
package io.millrace.learning.targets;

import org.jspecify.annotations.NullMarked;
