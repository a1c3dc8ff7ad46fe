/**
 * Random numbers as a pure function of a seed, a stream and a position. A resumed run thus draws
 * the same numbers as an uninterrupted one, and no generator state needs saving.
 */
@NullMarked
package io.millrace.learning.random;

import org.jspecify.annotations.NullMarked;
