/** The HTTP server: ports, TLS, limits, and the life of its connections in every HTTP version. */
@NullMarked
package io.millrace.runtime.http;

import org.jspecify.annotations.NullMarked;
