/** The middle stage: records are held out or learned from, and it shows how that goes. */
@NullMarked
package io.millrace.trainer.training;

import org.jspecify.annotations.NullMarked;
