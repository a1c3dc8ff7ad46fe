/** The learning-rate range test: which learning rate a model can take. */
@NullMarked
package io.millrace.tuning.rates;

import org.jspecify.annotations.NullMarked;
