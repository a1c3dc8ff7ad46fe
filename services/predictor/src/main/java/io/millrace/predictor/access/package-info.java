/** Who may ask what: bearer tokens, and the roles that methods and paths need. */
@NullMarked
package io.millrace.predictor.access;

import org.jspecify.annotations.NullMarked;
