/**
 * The manifest of a model: which checkpoints are stored, which to resume from and which to serve.
 */
@NullMarked
package io.millrace.checkpoints.manifest;

import org.jspecify.annotations.NullMarked;
