/**
 * A model under training: its network with optimizer, replay and augmentation, and the settings of
 * the section {@code training}. The loop in {@code io.millrace.learning} drives it.
 */
@NullMarked
package io.millrace.learning.training;

import org.jspecify.annotations.NullMarked;
