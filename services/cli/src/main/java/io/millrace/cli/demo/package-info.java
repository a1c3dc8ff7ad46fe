/** Millrace's main task on one screen: a broker, a trainer, a predictor and real data. */
@NullMarked
package io.millrace.cli.demo;

import org.jspecify.annotations.NullMarked;
