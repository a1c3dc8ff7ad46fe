package io.millrace.learning;

import io.millrace.learning.model.ModelDefinition;
import io.millrace.settings.Section;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How trained records, and no others, are varied.
 *
 * @param gaussianNoise standard deviation of what is added to each number that the network sees
 * @param featureDropout share of those numbers that become 0
 * @param mixup of the beta distribution by which two records are mixed; absent: none are
 * @param shift by how many pixels an image is moved at the most
 * @param flip whether every other image is mirrored
 */
public record AugmentationSettings(
    double gaussianNoise, double featureDropout, Optional<Double> mixup, int shift, boolean flip) {

  static Optional<AugmentationSettings> read(Section training, ModelDefinition definition) {
    Optional<Section> section = training.optionalSection("augmentation");
    Optional<AugmentationSettings> settings = section.map(AugmentationSettings::read);
    if (settings.flatMap(AugmentationSettings::mixup).isPresent() && !hasNumbers(definition)) {
      section
          .orElseThrow()
          .report(
              "mixup",
              "is given, but a class by index and an index for an embedding cannot be mixed; give the"
                  + " outputs categorical_crossentropy, whose labels are numbers");
    }
    return settings;
  }

  /** Returns whether anything is varied but whole images. */
  boolean variesNumbers() {
    return gaussianNoise > 0 || featureDropout > 0;
  }

  boolean variesImages() {
    return shift > 0 || flip;
  }

  private static AugmentationSettings read(Section section) {
    return new AugmentationSettings(
        section
            .decimal("gaussian_noise", "standard deviation of noise on what the network sees")
            .atLeast(0)
            .orElse(0.0),
        section
            .decimal("feature_dropout", "share of the numbers that the network sees as 0")
            .atLeast(0)
            .below(1)
            .orElse(0.0),
        section
            .decimal("mixup", "alpha of the beta distribution by which two records are mixed")
            .above(0)
            .atMost(2)
            .optional(),
        section
            .integer("shift", "by how many pixels an image is moved at the most")
            .atLeast(0)
            .orElse(0),
        section.flag("flip", "whether every other image is mirrored").orElse(false));
  }

  private static boolean hasNumbers(ModelDefinition definition) {
    boolean hasIndices =
        definition.inputs().stream()
            .anyMatch(input -> definition.network().indexBound(input.name()) > 0);
    return !hasIndices
        && List.of(definition.targetWidths(), definition.outputWidths()).stream()
                .map(Arrays::toString)
                .distinct()
                .count()
            == 1;
  }
}
