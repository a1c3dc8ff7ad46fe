package io.millrace.checkpoints;

/** Whether a checkpoint is served as soon as it is written. */
public enum Champion {
  /** The new checkpoint becomes the champion. */
  ADVANCES,
  /** The champion stays what it was; {@link CheckpointWriter#promote} moves it later. */
  STAYS
}
