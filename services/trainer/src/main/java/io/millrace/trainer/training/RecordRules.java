package io.millrace.trainer.training;

import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.intake.Holdout;

/**
 * What becomes of a record.
 *
 * @param decoder what reads it or rejects it
 * @param holdout what decides whether it is held out
 */
public record RecordRules(RecordDecoder decoder, Holdout holdout) {}
