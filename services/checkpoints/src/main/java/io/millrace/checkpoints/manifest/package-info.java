/**
 * The manifest of a model: its stored checkpoints, with the one to resume from and the one to
 * serve.
 */
@NullMarked
package io.millrace.checkpoints.manifest;

import org.jspecify.annotations.NullMarked;
