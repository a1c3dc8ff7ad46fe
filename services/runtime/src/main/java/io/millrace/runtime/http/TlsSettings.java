package io.millrace.runtime.http;

import io.millrace.settings.Section;
import io.vertx.core.http.ClientAuth;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The PEM files of a server's TLS. They are reloaded when they change.
 *
 * @param section the settings section that was read, for messages
 * @param certificate the server's certificate, followed by its chain up to an authority
 * @param key the certificate's private key, PKCS #8
 * @param clientAuthorities the authorities of callers' certificates; if empty, callers need none
 * @param asked whether connections without a certificate are refused or are anonymous; ignored
 *     without authorities
 */
public record TlsSettings(
    String section,
    Path certificate,
    Path key,
    Optional<Path> clientAuthorities,
    ClientAuth asked) {

  /**
   * Reads the section {@code tls}; empty without a certificate and a key.
   *
   * @param asked whether connections without a certificate are refused
   */
  public static Optional<TlsSettings> read(Section tls, ClientAuth asked) {
    Optional<Path> certificate =
        tls.filePath("certificate", "PEM file of the server's certificate; read again on changes.");
    Optional<Path> key = tls.filePath("key", "PEM file of the certificate's private key, PKCS #8.");
    Optional<Path> clientAuthorities =
        tls.filePath(
            "client_ca", "PEM file of the authorities that issue the clients' certificates.");
    if (certificate.isPresent() != key.isPresent()) {
      tls.report("", "has one of certificate and key; allowed: both, or neither");
    }
    if (clientAuthorities.isPresent() && certificate.isEmpty()) {
      tls.report("client_ca", "is given without a certificate; allowed: with certificate and key");
    }
    return certificate.isEmpty() || key.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new TlsSettings(tls.path(), certificate.get(), key.get(), clientAuthorities, asked));
  }

  /** Returns whether callers present certificates. */
  ClientAuth clientAuth() {
    return clientAuthorities.isPresent() ? asked : ClientAuth.NONE;
  }
}
