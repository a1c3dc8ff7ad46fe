/**
 * Detectors of lasting changes in a stream of errors, which take one value after the other.
 * Defaults and decisions are River's.
 */
@NullMarked
package io.millrace.learning.drift;

import org.jspecify.annotations.NullMarked;
