/**
 * The last stage: writes what was learned as a checkpoint, in one transaction with the dead letters
 * of the records that it covers.
 */
@NullMarked
package io.millrace.trainer.publishing;

import org.jspecify.annotations.NullMarked;
