/**
 * The parts of a set of rivals, several learners on one stream whose answers are combined: each of
 * them under training, the threads that they run on, and the shares that follow from their losses.
 */
@NullMarked
package io.millrace.learning.rivals;

import org.jspecify.annotations.NullMarked;
