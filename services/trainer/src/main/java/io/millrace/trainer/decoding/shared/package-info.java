/** What all formats share: the fields that a model reads, and where in a row their values go. */
@NullMarked
package io.millrace.trainer.decoding.shared;

import org.jspecify.annotations.NullMarked;
