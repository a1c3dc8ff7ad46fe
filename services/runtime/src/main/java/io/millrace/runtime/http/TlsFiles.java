package io.millrace.runtime.http;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Reads TLS files into Vert.x's form. Reading blocks on the disk, so it must not run on an event
 * loop. Confined to one thread at a time.
 */
final class TlsFiles {
  private static final byte[] PROBE = {1, 2, 3, 4};
  private static final String[] KEY_TYPES = {"EC", "RSA", "RSASSA-PSS", "EdDSA"};

  private final TlsSettings settings;
  private final Vertx vertx;
  private List<Buffer> newest = List.of();

  TlsFiles(TlsSettings settings, Vertx vertx) {
    this.settings = settings;
    this.vertx = vertx;
  }

  /**
   * Reads the files.
   *
   * @throws InvalidSettingsException if they cannot be read or do not belong together
   */
  ServerSSLOptions read() {
    return changed()
        .orElseThrow(() -> new IllegalStateException("the files are read once before they change"));
  }

  /**
   * Reads the files if they have changed since the last reading.
   *
   * @throws InvalidSettingsException if they cannot be read or do not belong together; they are
   *     tried again only after a further change
   */
  Optional<ServerSSLOptions> changed() {
    List<Buffer> contents = new ArrayList<>();
    contents.add(content("certificate", settings.certificate()));
    contents.add(content("key", settings.key()));
    settings
        .clientAuthorities()
        .ifPresent(authorities -> contents.add(content("client_ca", authorities)));
    if (contents.equals(newest)) {
      return Optional.empty();
    }
    newest = contents;
    return Optional.of(checked(contents));
  }

  private ServerSSLOptions checked(List<Buffer> contents) {
    PemKeyCertOptions identity =
        new PemKeyCertOptions().addCertValue(contents.get(0)).addKeyValue(contents.get(1));
    checkIdentity(identity);
    ServerSSLOptions options = new ServerSSLOptions().setKeyCertOptions(identity).setUseAlpn(true);
    if (contents.size() > 2) {
      PemTrustOptions trust = new PemTrustOptions().addCertValue(contents.get(2));
      checkTrust(trust);
      options.setTrustOptions(trust).setClientAuth(settings.clientAuth());
    }
    return options;
  }

  private Buffer content(String key, Path file) {
    try {
      return Buffer.buffer(Files.readAllBytes(file));
    } catch (IOException e) {
      throw problem(key, file, "a PEM file that can be read");
    }
  }

  private void checkIdentity(PemKeyCertOptions identity) {
    try {
      for (var manager : identity.getKeyManagerFactory(vertx).getKeyManagers()) {
        if (manager instanceof X509KeyManager keys && belongTogether(keys)) {
          return;
        }
      }
    } catch (Exception e) { // declared by Vert.x
      throw problem("certificate", settings.certificate(), "a certificate and its key in PEM");
    }
    throw problem("key", settings.key(), "the private key of the certificate");
  }

  private void checkTrust(PemTrustOptions trust) {
    try {
      trust.getTrustManagerFactory(vertx);
    } catch (Exception e) { // declared by Vert.x
      throw problem("client_ca", settings.clientAuthorities().orElseThrow(), "certificates in PEM");
    }
  }

  /** Certificate and key are two files, so one may be replaced before the other. */
  private static boolean belongTogether(X509KeyManager keys) throws GeneralSecurityException {
    for (String type : KEY_TYPES) {
      @Nullable String[] aliases = keys.getServerAliases(type, null);
      if (aliases != null && aliases.length > 0 && aliases[0] != null) {
        return belongTogether(
            keys.getPrivateKey(aliases[0]), keys.getCertificateChain(aliases[0])[0].getPublicKey());
      }
    }
    return false;
  }

  private static boolean belongTogether(PrivateKey key, PublicKey certified)
      throws GeneralSecurityException {
    if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
      return false;
    }
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> key.getAlgorithm();
        };
    Signature signer = Signature.getInstance(algorithm);
    signer.initSign(key);
    signer.update(PROBE);
    byte[] signature = signer.sign();
    Signature verifier = Signature.getInstance(algorithm);
    verifier.initVerify(certified);
    verifier.update(PROBE);
    return verifier.verify(signature);
  }

  private InvalidSettingsException problem(String key, Path file, String allowed) {
    return new InvalidSettingsException(
        List.of(
            new Problem(
                settings.section() + "." + key, "is %s; allowed: %s".formatted(file, allowed))));
  }
}
