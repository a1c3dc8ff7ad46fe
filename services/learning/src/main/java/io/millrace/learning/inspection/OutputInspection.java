package io.millrace.learning.inspection;

import java.util.List;
import java.util.Optional;

/**
 * The answers of one output to the records of the validation window. Records without a finite
 * answer are left out.
 *
 * @param output the output's name
 * @param classes the names of the classes
 * @param confusion which classes were answered for which; absent if there are more than {@value
 *     Confusion#MOST_CLASSES} classes
 * @param calibration ten bins of equal width from 0 to 1; empty if the answers are no
 *     probabilities, such as logits
 */
public record OutputInspection(
    String output,
    List<String> classes,
    Optional<Confusion> confusion,
    List<CalibrationBin> calibration) {

  public OutputInspection {
    classes = List.copyOf(classes);
    calibration = List.copyOf(calibration);
  }
}
