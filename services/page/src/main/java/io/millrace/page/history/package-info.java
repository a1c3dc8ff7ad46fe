/** What has been: curves, marks and rates, in memory that does not grow with time. */
@NullMarked
package io.millrace.page.history;

import org.jspecify.annotations.NullMarked;
