/** What a sample of a user's data looks like, and the settings that follow from it. */
@NullMarked
package io.millrace.cli.sample;

import org.jspecify.annotations.NullMarked;
