/**
 * A broker in the process, real data to replay through it, and a model whose answers are easy to
 * foresee: what lets the demo and the tests run on a machine that has nothing but a JDK. Never part
 * of a production image.
 */
@NullMarked
package io.millrace.quickstart;

import org.jspecify.annotations.NullMarked;
