/** Networks and weights from files of Keras 3. */
@NullMarked
package io.millrace.learning.keras;

import org.jspecify.annotations.NullMarked;
