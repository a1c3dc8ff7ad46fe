package io.millrace.runtime.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a token allows.
 *
 * @param role null where it is a good token that allows nothing here
 * @param name whose it is, for logs; never the token
 * @param end when it ends; {@link Instant#MAX} for one that does not
 */
record Grant(@Nullable Role role, String name, Instant end) {}
