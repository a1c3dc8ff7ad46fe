package io.millrace.learning.layers;

import io.millrace.learning.kernels.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one weight of a layer.
 *
 * @param values of the shape that the layer declared
 * @param gradient of the same shape; absent if the weight does not learn
 */
public record Weight(Buffer values, @Nullable Buffer gradient) {}
