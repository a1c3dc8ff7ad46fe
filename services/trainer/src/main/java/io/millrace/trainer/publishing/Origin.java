package io.millrace.trainer.publishing;

import io.millrace.checkpoints.manifest.Provenance;

/**
 * The part that is the same in every checkpoint of a trainer.
 *
 * @param definition the model's definition as JSON
 * @param provenance what produces the model
 */
public record Origin(String definition, Provenance provenance) {}
