package io.millrace.joiner.joining;

import io.millrace.joiner.merging.JoinFormat;
import java.time.Duration;
import java.util.Optional;

/**
 * What is joined.
 *
 * @param featuresTopic the topic of the features
 * @param featuresFormat what its values are
 * @param labelsTopic the topic of the labels
 * @param recordsTopic the topic of what they make together
 * @param unjoinedTopic where the other records go, if anywhere
 * @param format of the values of the labels, of the records, and by default of the features
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
