package io.millrace.cli.demo;

/**
 * The options of the demo.
 *
 * @param rate records per second; 0 for no limit
 * @param passes how often the letters are replayed
 * @param driftAt the record from which the labels are changed; negative for never
 * @param keep whether the service keeps running after all records are learned
 */
public record DemoOptions(double rate, int passes, long driftAt, boolean keep) {}
