/**
 * Kernels on ND4J arrays. They run on the ND4J backend on the class path, which may be a GPU's.
 * Every operation is bound to views of flat buffers once and run as often as needed.
 */
@NullMarked
package io.millrace.learning.kernels.nd4j;

import org.jspecify.annotations.NullMarked;
