/** The records that trials learn from, in memory, and how they are split. */
@NullMarked
package io.millrace.tuning.data;

import org.jspecify.annotations.NullMarked;
