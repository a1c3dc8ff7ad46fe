/**
 * How long and how many: the life of a server's connections, whatever version of HTTP they speak.
 */
@NullMarked
package io.millrace.runtime.http;

import org.jspecify.annotations.NullMarked;
