/**
 * When to stop and when to slow down: small machines that are told one evaluation after the other
 * and answer with advice. They hold no tensors, read no clock and act on nothing.
 */
@NullMarked
package io.millrace.learning.policies;

import org.jspecify.annotations.NullMarked;
