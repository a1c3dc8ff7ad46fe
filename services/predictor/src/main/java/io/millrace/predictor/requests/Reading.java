package io.millrace.predictor.requests;

/** The result of reading a request: a call that can be inferred, or a refusal. */
public sealed interface Reading permits InferenceCall, Refusal {}
