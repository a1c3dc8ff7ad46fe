/** Changes to records in training, so that a network does not learn them by heart. */
@NullMarked
package io.millrace.learning.augmentation;

import org.jspecify.annotations.NullMarked;
