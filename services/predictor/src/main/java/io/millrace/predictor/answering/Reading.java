package io.millrace.predictor.answering;

/** What reading a request gives: a call that can be inferred, or the reason why it cannot. */
sealed interface Reading permits InferenceCall, Refusal {}
