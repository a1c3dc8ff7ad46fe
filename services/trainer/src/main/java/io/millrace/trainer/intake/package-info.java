/** The intake of records: positions on the topic, the holdout, and the settings of both. */
@NullMarked
package io.millrace.trainer.intake;

import org.jspecify.annotations.NullMarked;
