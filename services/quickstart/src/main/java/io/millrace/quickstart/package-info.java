/**
 * An embedded broker and real data to replay, which let the demo and the tests run on a machine
 * with only a JDK. Never part of a production image.
 */
@NullMarked
package io.millrace.quickstart;

import org.jspecify.annotations.NullMarked;
