/** What the page shows of a trainer, and the commands that it sends. */
@NullMarked
package io.millrace.trainer.page;

import org.jspecify.annotations.NullMarked;
