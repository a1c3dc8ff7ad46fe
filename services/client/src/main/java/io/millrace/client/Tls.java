package io.millrace.client;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is encrypted: whom to trust, and who we are. All files are PEM.
 *
 * @param authorities the certificates that the predictor's has to come from; null for those that
 *     the Java runtime trusts
 * @param certificate our own, for predictors that ask for one, or null
 * @param key the private key of {@code certificate}, or null
 */
public record Tls(@Nullable Path authorities, @Nullable Path certificate, @Nullable Path key) {
  public Tls {
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException("a certificate and its key come together or not at all");
    }
  }

  /** Trusts whom the Java runtime trusts. */
  public static Tls trustingTheRuntime() {
    return new Tls(null, null, null);
  }

  public static Tls trusting(Path authorities) {
    return new Tls(authorities, null, null);
  }

  /** Returns the same, with a certificate of our own. */
  public Tls identifiedBy(Path ownCertificate, Path ownKey) {
    return new Tls(authorities, ownCertificate, ownKey);
  }
}
