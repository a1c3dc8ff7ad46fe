/** The models of a fleet: followed on their topic, kept on disk, and found by a request's key. */
@NullMarked
package io.millrace.predictor.fleet;

import org.jspecify.annotations.NullMarked;
