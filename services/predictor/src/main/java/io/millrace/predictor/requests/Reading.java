package io.millrace.predictor.requests;

/** What reading a request gives: a call that can be inferred, or the reason why it cannot. */
public sealed interface Reading permits InferenceCall, Refusal {}
