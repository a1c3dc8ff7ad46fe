/** Networks, weights and compile configurations from files of Keras 3 and 2. */
@NullMarked
package io.millrace.learning.keras;

import org.jspecify.annotations.NullMarked;
