package io.millrace.trainer.training;

import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.intake.Holdout;
import io.millrace.trainer.tracing.RecordTraces;

/**
 * What becomes of a record.
 *
 * @param decoder what reads it or rejects it
 * @param holdout what decides whether it is held out
 * @param traces what takes note of its trace
 */
public record RecordRules(RecordDecoder decoder, Holdout holdout, RecordTraces traces) {}
