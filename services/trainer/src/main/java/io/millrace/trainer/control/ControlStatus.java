package io.millrace.trainer.control;

import io.millrace.learning.champion.Gate.Mode;

/**
 * The state of a trainer's control at one moment.
 *
 * @param champion the checkpoint that is served; 0 before the first
 * @param serving the rule by which newer weights are served
 * @param paused whether no records are consumed
 * @param rewinding whether earlier records are being reread
 */
public record ControlStatus(long champion, Mode serving, boolean paused, boolean rewinding) {
  /** The status before the first checkpoint. */
  public static final ControlStatus NONE = new ControlStatus(0, Mode.FOLLOWING, false, false);
}
