package io.millrace.trainer.publishing;

import io.millrace.checkpoints.Provenance;

/**
 * What is the same in every checkpoint of a trainer.
 *
 * @param definition the model's definition as JSON
 * @param topic the topic of the records
 * @param provenance what makes the model
 */
public record Origin(String definition, String topic, Provenance provenance) {}
