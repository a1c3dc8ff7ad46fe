/** Files of named tensors: https://github.com/huggingface/safetensors. */
@NullMarked
package io.millrace.export.safetensors;

import org.jspecify.annotations.NullMarked;
