package io.millrace.runtime.access;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Authorizes callers by their certificates (mutual TLS): every caller has {@link Role#INFER}, and
 * operators have every role.
 */
final class Certificates implements Authority {
  private final Set<X500Principal> operators;
  private final boolean isRequired;

  /**
   * @param operators the subjects of operators' certificates
   * @param isRequired whether every connection has a certificate
   */
  Certificates(Set<X500Principal> operators, boolean isRequired) {
    this.operators = Set.copyOf(operators);
    this.isRequired = isRequired;
  }

  @Override
  public @Nullable Denial denial(HttpServerRequest request, Role needed) {
    boolean forAll = Role.INFER.covers(needed);
    if (forAll && isRequired) {
      return null;
    }
    X500Principal subject = subject(request.connection());
    if (subject == null) {
      return Denial.withoutCertificate();
    }
    if (forAll) {
      return null;
    }
    return operators.contains(subject)
        ? Origins.denial(request)
        : Denial.forbidden("the certificate does not allow this");
  }

  @Override
  public String caller(MultiMap headers, HttpConnection connection) {
    X500Principal subject = subject(connection);
    return subject == null ? "unknown" : subject.getName();
  }

  /** Returns the certificate's subject; null if the caller presented none. */
  private static @Nullable X500Principal subject(HttpConnection connection) {
    try {
      return connection.peerCertificates().get(0) instanceof X509Certificate certificate
          ? certificate.getSubjectX500Principal()
          : null;
    } catch (SSLPeerUnverifiedException e) {
      return null;
    }
  }
}
