/**
 * Charts as SVG documents, readable on light and dark backgrounds. Texts are escaped, so names may
 * be anything.
 */
@NullMarked
package io.millrace.tuning.charts;

import org.jspecify.annotations.NullMarked;
