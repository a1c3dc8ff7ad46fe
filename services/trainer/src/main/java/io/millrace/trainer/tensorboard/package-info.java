/**
 * Event files for TensorBoard: a model's evaluations as they stand on its events topic, and looks
 * into its weights. They are written on a thread of their own and never hold training up.
 */
@NullMarked
package io.millrace.trainer.tensorboard;

import org.jspecify.annotations.NullMarked;
