package io.millrace.settings;

/**
 * The documentation of one option.
 *
 * @param path dotted keys
 * @param type the kind of value and its bounds, such as {@code whole number, at least 1}
 * @param defaultValue the default as it would be written, or {@code required}
 * @param meaning one sentence
 */
public record Described(String path, String type, String defaultValue, String meaning) {}
