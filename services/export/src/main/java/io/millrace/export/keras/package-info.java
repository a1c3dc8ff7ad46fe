/** Archives {@code .keras} of Keras 3. */
@NullMarked
package io.millrace.export.keras;

import org.jspecify.annotations.NullMarked;
