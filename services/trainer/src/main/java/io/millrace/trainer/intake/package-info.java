/** Where records come from: positions on the topic, what is held out, and the settings of both. */
@NullMarked
package io.millrace.trainer.intake;

import org.jspecify.annotations.NullMarked;
