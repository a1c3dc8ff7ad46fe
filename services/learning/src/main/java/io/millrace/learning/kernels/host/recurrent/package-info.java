/** One time step of GRU and LSTM, with its gradient. */
@NullMarked
package io.millrace.learning.kernels.host.recurrent;

import org.jspecify.annotations.NullMarked;
