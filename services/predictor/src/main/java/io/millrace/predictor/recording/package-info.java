/** The log of predictions: a topic of what was asked, what was answered, and by which version. */
@NullMarked
package io.millrace.predictor.recording;

import org.jspecify.annotations.NullMarked;
