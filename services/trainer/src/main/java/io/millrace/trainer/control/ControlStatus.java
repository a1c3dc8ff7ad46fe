package io.millrace.trainer.control;

import io.millrace.learning.champion.Gate.Mode;

/**
 * How a trainer is steered, at one moment.
 *
 * @param champion the checkpoint that is served; 0 before the first
 * @param serving by which rule newer weights come to be served
 * @param paused whether no record is consumed
 * @param rewinding whether records are read once more
 */
public record ControlStatus(long champion, Mode serving, boolean paused, boolean rewinding) {
  /** Before the first checkpoint. */
  public static final ControlStatus NONE = new ControlStatus(0, Mode.FOLLOWING, false, false);
}
