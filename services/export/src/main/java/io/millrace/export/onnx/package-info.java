/** A version as a graph of ONNX's operators, preprocessing included. */
@NullMarked
package io.millrace.export.onnx;

import org.jspecify.annotations.NullMarked;
