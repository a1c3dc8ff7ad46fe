/**
 * Networks: defined as graphs of named layers, and compiled for their shapes into passes of kernel
 * calls over preallocated memory.
 */
@NullMarked
package io.millrace.learning.network;

import org.jspecify.annotations.NullMarked;
