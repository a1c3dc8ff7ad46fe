/** What a model is: its definition, its weights, the examples that it reads, and how it answers. */
@NullMarked
package io.millrace.learning.model;

import org.jspecify.annotations.NullMarked;
