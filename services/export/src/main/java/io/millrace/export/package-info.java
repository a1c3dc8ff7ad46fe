/** A version of a model, for use outside of Millrace. */
@NullMarked
package io.millrace.export;

import org.jspecify.annotations.NullMarked;
