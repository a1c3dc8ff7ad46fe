/** How well the default configuration learns on streams that drift. */
@NullMarked
package io.millrace.benchmarks.drift;

import org.jspecify.annotations.NullMarked;
