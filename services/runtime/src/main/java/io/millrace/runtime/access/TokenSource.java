package io.millrace.runtime.access;

/** What grants are known from. Safe for any thread. */
interface TokenSource {
  Grant grant(String token) throws UnknownTokenException;
}
