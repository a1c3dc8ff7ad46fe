/** A model's parts: its definition, its weights, batches of examples, and inference. */
@NullMarked
package io.millrace.learning.model;

import org.jspecify.annotations.NullMarked;
