/** The prediction log: a topic of what was asked, what was answered, and by which version. */
@NullMarked
package io.millrace.predictor.predictionlog;

import org.jspecify.annotations.NullMarked;
