/**
 * The HTTP server: its ports, TLS, limits, and the life of its connections in any version of HTTP.
 */
@NullMarked
package io.millrace.runtime.http;

import org.jspecify.annotations.NullMarked;
