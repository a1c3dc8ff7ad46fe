/** Threads that share work which takes microseconds. */
@NullMarked
package io.millrace.learning.threads;

import org.jspecify.annotations.NullMarked;
