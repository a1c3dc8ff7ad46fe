/** The service and its broker as processes of their own, ended with {@code kill -9}. */
@NullMarked
package io.millrace.crash;

import org.jspecify.annotations.NullMarked;
