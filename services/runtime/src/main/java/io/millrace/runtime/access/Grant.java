package io.millrace.runtime.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a token allows.
 *
 * @param role null if the token is valid but has no role here
 * @param name the token's owner for logs, never the token
 * @param end when the token expires; {@link Instant#MAX} if never
 */
record Grant(@Nullable Role role, String name, Instant end) {}
