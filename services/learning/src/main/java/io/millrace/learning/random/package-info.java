/**
 * Random numbers as a pure function of a seed, a stream and a position, so that a resumed run draws
 * what an uninterrupted one would have drawn and no generator state needs saving.
 */
@NullMarked
package io.millrace.learning.random;

import org.jspecify.annotations.NullMarked;
