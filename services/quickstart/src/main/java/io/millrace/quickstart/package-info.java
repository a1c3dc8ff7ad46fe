/**
 * A broker in the process and real data to replay through it: what lets the demo and the tests run
 * on a machine that has nothing but a JDK. Never part of a production image.
 */
@NullMarked
package io.millrace.quickstart;

import org.jspecify.annotations.NullMarked;
