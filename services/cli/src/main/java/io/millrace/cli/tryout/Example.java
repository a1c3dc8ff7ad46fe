package io.millrace.cli.tryout;

/**
 * A usable row of the file.
 *
 * @param key its number in the file, by which it is held out
 * @param value the record that is sent for it; not to be changed
 * @param label its label as written
 */
record Example(String key, byte[] value, String label) {}
