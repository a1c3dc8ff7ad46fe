package io.millrace.client;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The encryption of a connection: trusted authorities, and our own certificate. All files are PEM.
 *
 * @param authorities the trusted authorities of the predictor's certificate; null for those of the
 *     Java runtime
 * @param certificate our own, for predictors that require one, or null
 * @param key the private key of {@code certificate}, or null
 */
public record Tls(@Nullable Path authorities, @Nullable Path certificate, @Nullable Path key) {
  public Tls {
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException("a certificate and its key come together or not at all");
    }
  }

  /** Trusts the authorities of the Java runtime. */
  public static Tls trustingTheRuntime() {
    return new Tls(null, null, null);
  }

  public static Tls trusting(Path authorities) {
    return new Tls(authorities, null, null);
  }

  /** Returns the same settings with our own certificate. */
  public Tls identifiedBy(Path ownCertificate, Path ownKey) {
    return new Tls(authorities, ownCertificate, ownKey);
  }
}
