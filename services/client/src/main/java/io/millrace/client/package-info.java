/** A Java client for predictions. */
@NullMarked
package io.millrace.client;

import org.jspecify.annotations.NullMarked;
