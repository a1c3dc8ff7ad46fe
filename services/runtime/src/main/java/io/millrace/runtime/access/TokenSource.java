package io.millrace.runtime.access;

/** A source of grants for tokens. Safe for any thread. */
interface TokenSource {
  Grant grant(String token) throws UnknownTokenException;
}
