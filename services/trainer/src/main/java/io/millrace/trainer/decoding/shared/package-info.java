/**
 * What all formats share: the fields that a model reads, and the place of their values in a row.
 */
@NullMarked
package io.millrace.trainer.decoding.shared;

import org.jspecify.annotations.NullMarked;
