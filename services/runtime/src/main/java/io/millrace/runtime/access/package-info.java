/** Who may ask what: bearer tokens, certificates, and the roles that they give. */
@NullMarked
package io.millrace.runtime.access;

import org.jspecify.annotations.NullMarked;
