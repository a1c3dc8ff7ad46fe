/** How every part of a learner is saved and restored: as a tree of named scalars and arrays. */
@NullMarked
package io.millrace.learning.state;

import org.jspecify.annotations.NullMarked;
