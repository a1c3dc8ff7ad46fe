/**
 * What is tried next, and what is given up: search spaces, samplers, pruners and the importance of
 * settings. Pure functions of a seed and of finished trials: no threads, no clock, no files.
 */
@NullMarked
package io.millrace.tuning.search;

import org.jspecify.annotations.NullMarked;
