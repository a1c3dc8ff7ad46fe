package io.millrace.cli.demo;

/**
 * What may be asked of the demo.
 *
 * @param rate records a second; 0 for as fast as it goes
 * @param passes how often the letters are replayed
 * @param driftAt the number of records after which the labels change; negative for never
 * @param keep whether the service stays when all records are learned
 */
public record DemoOptions(double rate, int passes, long driftAt, boolean keep) {}
