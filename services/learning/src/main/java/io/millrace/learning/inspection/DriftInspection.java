package io.millrace.learning.inspection;

import io.millrace.learning.drift.Evidence;
import java.util.Optional;

/**
 * The drift detector.
 *
 * @param detector its name, such as {@code adwin}
 * @param evidence what it has seen; absent before it has seen enough
 */
public record DriftInspection(String detector, Optional<Evidence> evidence) {}
