/**
 * Kernels on ND4J arrays: they run on whichever ND4J backend is on the class path, a GPU among
 * them. Every operation is bound to views of flat buffers once and run as often as needed.
 */
@NullMarked
package io.millrace.learning.kernels.nd4j;

import org.jspecify.annotations.NullMarked;
