package io.millrace.learning.training;

import io.millrace.learning.model.ModelDefinition;
import io.millrace.settings.Section;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How records are augmented in training. Scored and held-out records stay as they are.
 *
 * @param gaussianNoise standard deviation of the noise added to each of the network's input numbers
 * @param featureDropout share of those numbers that are set to 0
 * @param mixup alpha of the beta distribution that mixes two records; absent: no mixup
 * @param shift pixels that an image is shifted by at most
 * @param flip whether half of the images are mirrored
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

  /** Returns whether single numbers are augmented, not only whole images. */
  boolean variesNumbers() {
    return gaussianNoise > 0 || featureDropout > 0;
  }

  boolean variesImages() {
    return shift > 0 || flip;
  }

  private static AugmentationSettings read(Section section) {
    return new AugmentationSettings(
        section
            .decimal("gaussian_noise", "standard deviation of the noise added to the input numbers")
            .atLeast(0)
            .orElse(0.0),
        section
            .decimal("feature_dropout", "share of the input numbers that are set to 0")
            .atLeast(0)
            .below(1)
            .orElse(0.0),
        section
            .decimal("mixup", "alpha of the beta distribution by which two records are mixed")
            .above(0)
            .atMost(2)
            .optional(),
        section.integer("shift", "most pixels by which an image is shifted").atLeast(0).orElse(0),
        section
            .flag("flip", "whether images are flipped horizontally, with probability one half")
            .orElse(false));
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
