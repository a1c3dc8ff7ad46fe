/** The files that a browser loads. */
@NullMarked
package io.millrace.page.files;

import org.jspecify.annotations.NullMarked;
