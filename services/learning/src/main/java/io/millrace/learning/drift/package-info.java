/**
 * Whether a stream of errors has changed for good: detectors that are told one value after the
 * other. Defaults and decisions are River's.
 */
@NullMarked
package io.millrace.learning.drift;

import org.jspecify.annotations.NullMarked;
