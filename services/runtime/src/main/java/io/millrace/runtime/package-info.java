/**
 * What every service needs around its work: settings from a file, and its version.
 *
 * <p>The packages below add {@linkplain io.millrace.runtime.kafka access to the broker},
 * {@linkplain io.millrace.runtime.lifecycle starting, stopping and failing}, and {@linkplain
 * io.millrace.runtime.management what operators use}. Nothing here depends on machine learning.
 *
 * <p>Log messages say what happened; key-value pairs say to what, under the names in {@link
 * io.millrace.runtime.LogKeys}. Record contents and secrets are never logged.
 */
@NullMarked
package io.millrace.runtime;

import org.jspecify.annotations.NullMarked;
