/** What a command says when it fails. */
@NullMarked
package io.millrace.cli.failures;

import org.jspecify.annotations.NullMarked;
