/** Which weights are served: the gate between champion and challenger. */
@NullMarked
package io.millrace.learning.champion;

import org.jspecify.annotations.NullMarked;
