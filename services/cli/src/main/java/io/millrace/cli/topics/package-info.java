/** Reading a topic from the command line, up to where it ended when the command came. */
@NullMarked
package io.millrace.cli.topics;

import org.jspecify.annotations.NullMarked;
