/** Networks, weights and what they were compiled with from files of Keras 3 and 2. */
@NullMarked
package io.millrace.learning.keras;

import org.jspecify.annotations.NullMarked;
