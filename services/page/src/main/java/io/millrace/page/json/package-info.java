/** The JSON that the page is told. */
@NullMarked
package io.millrace.page.json;

import org.jspecify.annotations.NullMarked;
