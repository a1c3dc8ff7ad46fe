package io.millrace.checkpoints.manifest;

/**
 * One of several learners whose answers are combined.
 *
 * @param name its name
 * @param share its weight in the combined answer: 0 to 1, and 1 over all rivals
 * @param loss the fading mean of its losses on records scored before they were trained on; NaN
 *     where it is not known
 * @param changes what its settings change, in words; empty if it changes nothing
 */
public record StoredRival(String name, double share, double loss, String changes) {}
