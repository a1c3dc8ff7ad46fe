/** What pre-training on records without labels is worth. */
@NullMarked
package io.millrace.benchmarks.pretraining;

import org.jspecify.annotations.NullMarked;
