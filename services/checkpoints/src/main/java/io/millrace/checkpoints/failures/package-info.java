/** Why a checkpoint was not written or not read; the kinds say what the caller is to do. */
@NullMarked
package io.millrace.checkpoints.failures;

import org.jspecify.annotations.NullMarked;
