/**
 * The page of the management port. It knows no learning: what it shows, and what it may do, comes
 * from the services of the process.
 */
@NullMarked
package io.millrace.page;

import org.jspecify.annotations.NullMarked;
