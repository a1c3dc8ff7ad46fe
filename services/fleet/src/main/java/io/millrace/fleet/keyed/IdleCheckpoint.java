package io.millrace.fleet.keyed;

/** What becomes of a model's last checkpoint when its key has been idle for too long. */
public enum IdleCheckpoint {
  /** It stays on the topic and is served until the key has a new model. */
  KEEP,

  /** It is removed from the topic; the key is unknown again. */
  REMOVE
}
