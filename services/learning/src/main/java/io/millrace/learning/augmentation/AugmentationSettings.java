package io.millrace.learning.augmentation;

import io.millrace.learning.features.TextFeature;
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
 * @param swapNoise share of the fields that are replaced by another record's
 * @param mixup alpha of the beta distribution that mixes two records; absent: no mixup
 * @param shift pixels that an image is shifted by at most
 * @param flip whether half of the images are mirrored
 * @param tokenDropout share of a text's tokens that are replaced by the unknown one
 * @param randomDeletion share of a text's tokens that are deleted
 * @param randomSwap how often two tokens of a text change places, as a share of its length
 */
public record AugmentationSettings(
    double gaussianNoise,
    double featureDropout,
    double swapNoise,
    Optional<Double> mixup,
    int shift,
    boolean flip,
    double tokenDropout,
    double randomDeletion,
    double randomSwap) {
  private static final List<String> OF_TEXTS =
      List.of("token_dropout", "random_deletion", "random_swap");

  /** Reads the section {@code augmentation}; empty if there is none. */
  public static Optional<AugmentationSettings> read(Section training, ModelDefinition definition) {
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
    section.filter(given -> !hasTexts(definition)).ifPresent(AugmentationSettings::reportTexts);
    return settings;
  }

  private static void reportTexts(Section section) {
    OF_TEXTS.stream()
        .filter(key -> section.tree().get(key) instanceof Number share && share.doubleValue() > 0)
        .forEach(
            key ->
                section.report(
                    key, "is given, but no input has a text; allowed with features of type text"));
  }

  private static boolean hasTexts(ModelDefinition definition) {
    return definition.inputs().stream()
        .flatMap(input -> input.features().stream())
        .anyMatch(TextFeature.class::isInstance);
  }

  boolean variesTexts() {
    return tokenDropout > 0 || randomDeletion > 0 || randomSwap > 0;
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
        share(section, "feature_dropout", "share of the input numbers that are set to 0"),
        share(
            section,
            "swap_noise",
            "share of the fields that are replaced by another record's of the mini-batch"),
        section
            .decimal("mixup", "alpha of the beta distribution by which two records are mixed")
            .above(0)
            .atMost(2)
            .optional(),
        section.integer("shift", "most pixels by which an image is shifted").atLeast(0).orElse(0),
        section
            .flag("flip", "whether images are flipped horizontally, with probability one half")
            .orElse(false),
        share(section, "token_dropout", "share of a text's tokens replaced by the unknown one"),
        share(section, "random_deletion", "share of a text's tokens that are deleted"),
        share(
            section,
            "random_swap",
            "how often two tokens of a text change places, as a share of its length"));
  }

  private static double share(Section section, String key, String meaning) {
    return section.decimal(key, meaning).atLeast(0).below(1).orElse(0.0);
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
