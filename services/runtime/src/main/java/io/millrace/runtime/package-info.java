/**
 * What a service needs before it does its work: settings from a file, and its version.
 *
 * <p>The packages below add {@linkplain io.millrace.runtime.kafka the way to the broker},
 * {@linkplain io.millrace.runtime.lifecycle starting, stopping and failing}, and {@linkplain
 * io.millrace.runtime.management what operators look at}. Nothing here knows machine learning.
 *
 * <p>Log messages say what happened; what it happened to is in key-value pairs under the names of
 * {@link io.millrace.runtime.LogKeys}. The contents of records and secrets are never logged.
 */
@NullMarked
package io.millrace.runtime;

import org.jspecify.annotations.NullMarked;
