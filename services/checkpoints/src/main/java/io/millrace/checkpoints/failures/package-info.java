/**
 * Why a checkpoint was not written or not read. The exception type tells the caller how to proceed.
 */
@NullMarked
package io.millrace.checkpoints.failures;

import org.jspecify.annotations.NullMarked;
