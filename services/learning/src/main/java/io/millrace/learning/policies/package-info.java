/**
 * Policies for when to stop and when to slow down: small state machines that take one evaluation
 * after the other and return advice. They hold no tensors, read no clock and perform no action.
 */
@NullMarked
package io.millrace.learning.policies;

import org.jspecify.annotations.NullMarked;
