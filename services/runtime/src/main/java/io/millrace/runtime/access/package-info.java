/** Who may call what: bearer tokens, certificates, and the roles that they grant. */
@NullMarked
package io.millrace.runtime.access;

import org.jspecify.annotations.NullMarked;
