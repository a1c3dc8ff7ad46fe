package io.millrace.learning.layers;

import io.millrace.learning.kernels.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Memory of one of a layer's weights.
 *
 * @param values of the shape that the layer declared
 * @param gradient of the same shape; absent where the weight does not learn
 */
public record Weight(Buffer values, @Nullable Buffer gradient) {}
