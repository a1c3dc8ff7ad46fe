/** How right a model's answers are, beside what needs no learning, for people and for programs. */
@NullMarked
package io.millrace.cli.scores;

import org.jspecify.annotations.NullMarked;
