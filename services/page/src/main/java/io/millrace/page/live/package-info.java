/** Server-sent events: what a page that is open is told as it happens. */
@NullMarked
package io.millrace.page.live;

import org.jspecify.annotations.NullMarked;
