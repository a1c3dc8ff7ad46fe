/** What a trainer in this process shows while it works: a block on a terminal, lines elsewhere. */
@NullMarked
package io.millrace.cli.live;

import org.jspecify.annotations.NullMarked;
