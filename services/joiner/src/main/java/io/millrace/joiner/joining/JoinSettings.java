package io.millrace.joiner.joining;

import io.millrace.joiner.merging.JoinFormat;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of a join.
 *
 * @param featuresTopic the topic of the features
 * @param featuresFormat the format of the features
 * @param labelsTopic the topic of the labels
 * @param recordsTopic the topic of the labelled records
 * @param unjoinedTopic the topic of the unjoined records, if any
 * @param format the format of the labels and records, and by default of the features
 * @param within how far apart the timestamps of features and label may be, and how far stream time
 *     may be ahead of either
 */
public record JoinSettings(
    String featuresTopic,
    FeaturesFormat featuresFormat,
    String labelsTopic,
    String recordsTopic,
    Optional<String> unjoinedTopic,
    JoinFormat format,
    Duration within) {}
