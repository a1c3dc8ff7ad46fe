/**
 * What there is to see of a model beyond its scores: its mistakes, its confidence, its weights and
 * their gradients, and its drift detector.
 */
@NullMarked
package io.millrace.learning.inspection;

import org.jspecify.annotations.NullMarked;
