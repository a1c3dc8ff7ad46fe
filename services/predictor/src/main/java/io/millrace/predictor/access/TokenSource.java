package io.millrace.predictor.access;

/** What grants are known from. Safe for any thread. */
interface TokenSource {
  Grant grant(String token) throws UnknownTokenException;
}
