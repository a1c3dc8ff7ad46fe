package io.millrace.settings;

/**
 * One problem in a settings document.
 *
 * @param path dotted keys, such as {@code training.optimizer.learning_rate}
 * @param message what is wrong, and what is allowed
 */
public record Problem(String path, String message) {

  @Override
  public String toString() {
    return path.isEmpty() ? message : path + ": " + message;
  }
}
